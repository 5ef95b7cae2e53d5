// Saves each tap of the diary as it is made; without a network it is kept on the device and sent later.
import { Queue, send } from "./queue.js";

const form = document.querySelector("form.diary");
const status = document.getElementById("saved");
const token = form.elements.csrfmiddlewaretoken.value;
const queue = new Queue(form.dataset.key);
let sending = null;
let pause = 2000;

const number = (input) => (input && input.value.trim() !== "" ? Number(input.value) : null);

function practised(row) {
  const kind = row.dataset.kind;
  const pressed = row.querySelector(`[name="minutes-${kind}"]:checked`);
  const minutes = number(row.querySelector(`[name="other-${kind}"]`)) ?? number(pressed);
  return { minutes, times: number(row.querySelector(`[name="times-${kind}"]`)) };
}

function putBack(row, { minutes, times }) {
  const kind = row.dataset.kind;
  const quick = [...row.querySelectorAll(`[name="minutes-${kind}"]`)];
  for (const button of quick) button.checked = Number(button.value) === minutes;
  const other = row.querySelector(`[name="other-${kind}"]`);
  if (other) other.value = quick.some((button) => button.checked) ? "" : minutes ?? "";
  const count = row.querySelector(`[name="times-${kind}"]`);
  if (count) count.value = times ?? "";
}

function say(state, words) {
  status.dataset.state = state;
  status.textContent = words ?? status.dataset[state] ?? "";
}

// The week's dots and minutes, as the server counts them.
async function drawWeek() {
  try {
    const page = await (await fetch(location.href, { redirect: "error" })).text();
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("week");
    if (fresh && !document.getElementById("week").contains(document.activeElement)) document.getElementById("week").replaceWith(fresh);
  } catch { /* it is right again when the page is next loaded */ }
}

async function flush() {
  while (sending) await sending;
  if (!queue.waiting.length) return;
  sending = send(queue, form.dataset.save, token);
  const { state, refused } = await sending;
  sending = null;
  if (state === "closed") return void location.reload();
  const [why] = Object.values(refused);
  queue.dropRefused(); // the day may be closed, so the page says why and keeps no more of it
  if (state === "saved") {
    pause = 2000;
    say(why ? "refused" : "saved", why);
    return drawWeek();
  }
  say("waiting", state === "signed out" ? form.dataset.signedOut : undefined);
  if (state === "waiting") setTimeout(flush, (pause = Math.min(pause * 1.5, 30000)));
}

form.addEventListener("change", (event) => {
  const row = event.target.closest("[data-kind]");
  if (!row) return;
  const kind = row.dataset.kind;
  if (event.target.type === "radio") row.querySelector(`[name="other-${kind}"]`).value = "";
  else if (event.target.name === `other-${kind}`) for (const button of row.querySelectorAll("[type=radio]")) button.checked = false;
  if (!event.target.checkValidity()) return say("refused", event.target.validationMessage);
  queue.put(`${form.dataset.day} ${kind}`, JSON.stringify(practised(row)));
  flush();
});
form.addEventListener("submit", (event) => {
  if (!navigator.onLine) { event.preventDefault(); say("waiting"); }
});
addEventListener("online", flush);
addEventListener("pageshow", flush);

for (const { item, value } of queue.waiting) {
  const [day, kind] = item.split(" ");
  const row = form.querySelector(`[data-kind="${kind}"]`);
  if (day === form.dataset.day && row) putBack(row, JSON.parse(value));
}
if (queue.refused.length) { say("refused", queue.refused[0].refused); queue.dropRefused(); }
if (queue.waiting.length) { say("waiting"); flush(); }
