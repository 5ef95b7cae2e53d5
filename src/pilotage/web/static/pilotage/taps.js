// What was tapped and has not arrived yet: kept on this device in its order, and sent once there is a network.
import { device, replyOf } from "./queue.js";

export class Taps {
  constructor(key) {
    this.name = `pilotage-taps-${key}`;
    this.memory = [];
  }

  get waiting() {
    try { return JSON.parse(localStorage.getItem(this.name) ?? "[]"); } catch { return this.memory; }
  }

  #keep(taps) {
    this.memory = taps;
    try {
      if (taps.length) localStorage.setItem(this.name, JSON.stringify(taps)); else localStorage.removeItem(this.name);
    } catch { /* private browsing: this page's memory must do */ }
  }

  // The time makes the count grow also where what was kept is lost.
  next() {
    let last = 0;
    try { last = Number(localStorage.getItem("pilotage-taps-count") ?? 0); } catch { /* as above */ }
    const sequence = Math.max(Date.now() * 1000, last + 1, (this.memory.at(-1)?.sequence ?? 0) + 1);
    try { localStorage.setItem("pilotage-taps-count", String(sequence)); } catch { /* as above */ }
    return sequence;
  }

  put(tap, sequence = this.next()) {
    this.#keep([...this.waiting, { ...tap, sequence, when: Date.now() }]);
  }

  // Sent at once and not kept on the device; says whether it arrived.
  async now(tap, sequence, url, token) {
    try {
      const answer = await fetch(url, {
        method: "POST", redirect: "manual", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ device: device(), taps: [{ ...tap, sequence, ago: 0 }] }),
      });
      return answer.ok && Boolean((await replyOf(answer)).refused);
    } catch {
      return false;
    }
  }

  // Says "saved", "waiting" or "signed out", and against which taps a rule stands.
  async send(url, token) {
    const sent = this.waiting;
    if (!sent.length) return { state: "saved", refused: {} };
    const taps = sent.map(({ when, ...tap }) => ({ ...tap, ago: Math.max(0, Date.now() - when) }));
    let answer;
    try {
      answer = await fetch(url, {
        method: "POST", redirect: "manual", credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ device: device(), taps }),
      });
    } catch {
      return { state: "waiting", refused: {} };
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "signed out", refused: {} };
    const { refused } = await replyOf(answer);
    if (!answer.ok || !refused) return { state: "waiting", refused: {} };
    const arrived = new Set(sent.map((tap) => tap.sequence));
    this.#keep(this.waiting.filter((tap) => !arrived.has(tap.sequence)));
    return { state: this.waiting.length ? "waiting" : "saved", refused };
  }
}
