// What the room sees: the time runs by itself; what changed is asked for, or heard from the run-sheet in the same browser.
import { Turns, bell, signal } from "./timers.js";

const room = document.getElementById("room");
const spoken = document.getElementById("spoken");
let turns = null;
let touched = false;

function begin() {
  const element = room.querySelector("#turns");
  turns = element && new Turns(element, (words) => {
    spoken.textContent = words;
    signal(document.body);
    if (touched) bell.ring();
  });
  turns?.tick();
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
    if (!turns || data.pairing !== turns.element.dataset.pairing) return;
    turns.set(data);
    turns.tick();
  });
}

// A browser lets a page sound only after it was touched; until then the run-sheet's own bell is the one heard.
addEventListener("click", () => {
  touched = true;
  bell.wake();
  document.documentElement.requestFullscreen?.().catch(() => {});
});
begin();
setInterval(() => turns?.tick(), 250);
setTimeout(ask, 2000);
