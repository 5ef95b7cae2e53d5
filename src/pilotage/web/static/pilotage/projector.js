// What the room sees: the time runs by itself; what changed is asked for, or heard from the run-sheet in the same browser.
import { Drawn, bell, signal, unlock } from "./timers.js";

const room = document.getElementById("room");
const spoken = document.getElementById("spoken");
let drawn = null;

function begin() {
  const turns = room.querySelector("#turns");
  drawn = turns && new Drawn(turns, (words) => { spoken.textContent = words; signal(); bell(); });
  drawn?.tick();
}

async function ask() {
  const seen = room.querySelector("[data-seen]").dataset.seen;
  try {
    const answer = await fetch(`${room.dataset.url}?seen=${seen}`, { redirect: "manual", credentials: "same-origin" });
    if (answer.status === 200) {
      room.innerHTML = await answer.text();
      begin();
    }
  } catch { /* no network: the time goes on */ }
  setTimeout(ask, 2000);
}

if ("BroadcastChannel" in window) {
  new BroadcastChannel(`pilotage-room-${room.dataset.session}`).addEventListener("message", ({ data }) => {
    if (!drawn || data.pairing !== drawn.element.dataset.pairing) return;
    drawn.turns.total = data.total;
    drawn.turns.set(data.gone, Boolean(data.running));
    drawn.tick();
  });
}

addEventListener("click", () => { unlock(); document.documentElement.requestFullscreen?.().catch(() => {}); });
begin();
setInterval(() => drawn?.tick(), 250);
setTimeout(ask, 2000);
