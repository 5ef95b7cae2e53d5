// Answers that this device still keeps for the questionnaires that are open are sent from the first page too.
import { Queue, send } from "./queue.js";

const notice = document.getElementById("leftover");
const kept = [...notice.querySelectorAll("[data-key]")].map((entry) => ({ queue: new Queue(entry.dataset.key), url: entry.dataset.save }));
const words = notice.querySelector("[data-sending]");
const refused = () => kept.some(({ queue }) => queue.refused.length);
const left = () => kept.filter(({ queue }) => queue.waiting.length);

async function flush() {
  if (!left().length) return;
  notice.hidden = false;
  words.textContent = words.dataset.sending;
  for (const { queue, url } of left()) await send(queue, url, notice.dataset.csrf);
  words.textContent = left().length ? words.dataset.waiting : refused() ? words.dataset.refused : words.dataset.sent;
  if (left().length) setTimeout(flush, 15000);
}

addEventListener("online", flush);
flush();
