// Answers that were given and have not arrived yet, kept on this device until they have.
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

  get waiting() {
    try { return JSON.parse(read(this.name) ?? "[]"); } catch { return []; }
  }

  put(item, value) {
    // The time makes the count grow also where what was kept is lost; two answers in one moment still differ.
    const sequence = Math.max(Date.now() * 1000, Number(read("pilotage-count") ?? 0) + 1);
    write("pilotage-count", String(sequence));
    write(this.name, JSON.stringify([...this.waiting.filter((one) => one.item !== item), { item, value, sequence }]));
  }

  drop(sent) {
    const arrived = new Set(sent.map((one) => one.sequence));
    const left = this.waiting.filter((one) => !arrived.has(one.sequence));
    if (left.length) write(this.name, JSON.stringify(left)); else forget(this.name);
  }

  clear() { forget(this.name); }
}

// Sends what waits, in order; says "saved", "waiting", "signed out" or "closed", and what was refused.
export async function send(queue, url, token) {
  const sent = queue.waiting;
  if (!sent.length) return { state: "saved", refused: {} };
  let response;
  try {
    response = await fetch(url, {
      method: "POST", redirect: "manual", keepalive: true, credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ device: device(), answers: sent }),
    });
  } catch {
    return { state: "waiting", refused: {} };
  }
  if (response.type === "opaqueredirect" || response.status === 403) return { state: "signed out", refused: {} };
  if (response.status === 409 || response.status === 404) {
    queue.clear();
    return { state: "closed", refused: {} };
  }
  if (!response.ok) return { state: "waiting", refused: {} };
  const { refused = {} } = await response.json();
  queue.drop(sent);
  return { state: queue.waiting.length ? "waiting" : "saved", refused };
}
