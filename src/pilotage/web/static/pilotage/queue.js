// Answers that were given and have not arrived yet, kept on this device until they have.
// One that was refused stays with the reason, until it is corrected where it was typed.
// They are kept by a key that tells nothing of the person, each item once, in the order in which they were given.

const memory = new Map(); // where a browser keeps nothing, this page does

function read(name) {
  try { return localStorage.getItem(name) ?? memory.get(name); } catch { return memory.get(name); }
}

function write(name, value) {
  memory.set(name, value);
  try { localStorage.setItem(name, value); } catch { /* private browsing: the page's own memory must do */ }
}

function forget(name) {
  memory.delete(name);
  try { localStorage.removeItem(name); } catch { /* as above */ }
}

export function device() {
  let name = read("pilotage-device");
  if (!name) {
    name = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    write("pilotage-device", name);
  }
  return name;
}

export class Queue {
  constructor(key) { this.name = `pilotage-answers-${key}`; }

  get all() {
    try { return JSON.parse(read(this.name) ?? "[]"); } catch { return []; }
  }

  get waiting() { return this.all.filter((answer) => !answer.refused); }

  get refused() { return this.all.filter((answer) => answer.refused); }

  #keep(answers) {
    if (answers.length) write(this.name, JSON.stringify(answers)); else forget(this.name);
  }

  put(item, value) {
    // The time makes the count grow also where what was kept is lost; two answers in one moment still differ.
    const sequence = Math.max(Date.now() * 1000, Number(read("pilotage-count") ?? 0) + 1);
    write("pilotage-count", String(sequence));
    this.#keep([...this.all.filter((answer) => answer.item !== item), { item, value, sequence }]);
  }

  settle(sent, refused) {
    const arrived = new Set(sent.map((answer) => answer.sequence));
    const marked = this.all.map((answer) => (arrived.has(answer.sequence) ? { ...answer, refused: refused[answer.item] } : answer));
    this.#keep(marked.filter((answer) => answer.refused || !arrived.has(answer.sequence)));
  }

  dropRefused() { this.#keep(this.waiting); }

  clear() { forget(this.name); }
}

// A browser sends no more than 64 KB of what may outlive its page, and fails beyond.
const MOST_KEPT_ALIVE = 60_000;

// What the server itself replied. A proxy or a hotel's network may reply in its place, with any status and any page.
export async function replyOf(response) {
  try { return (await response.json()) ?? {}; } catch { return {}; }
}

// Sends what waits, in order; says "saved", "waiting", "signed out" or "closed", and what was refused.
// Only the server's own word that it has the answers, or never will take them, discards any.
export async function send(queue, url, token) {
  const sent = queue.waiting;
  if (!sent.length) return { state: "saved", refused: {} };
  const body = JSON.stringify({ device: device(), answers: sent });
  let response;
  try {
    response = await fetch(url, {
      method: "POST", redirect: "manual", keepalive: new Blob([body]).size < MOST_KEPT_ALIVE, credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body,
    });
  } catch {
    return { state: "waiting", refused: {} };
  }
  if (response.type === "opaqueredirect" || response.status === 403) return { state: "signed out", refused: {} };
  const { closed, final, refused } = await replyOf(response);
  if (closed) {
    if (final) queue.clear();
    return { state: "closed", refused: {} };
  }
  if (!response.ok || !refused) return { state: "waiting", refused: {} };
  queue.settle(sent, refused);
  return { state: queue.waiting.length ? "waiting" : "saved", refused };
}
