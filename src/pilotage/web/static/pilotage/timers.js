// The turns of a practice as a page of the web draws them. The clock, the bell and the silent signal are those of
// `pilotage room`. Groups of different sizes have different turns, which together take the same time.
import { Awake, Bell, Rounds, clock, signal } from "./room/rounds.js";

export { Awake, signal };
export const bell = new Bell();

// An element as pairs_turns.html makes it; `turned` is told in words when groups change turns.
export class Turns {
  #rounds;

  constructor(element, turned) {
    this.element = element;
    this.turned = turned;
    this.sizes = [...element.querySelectorAll("[data-size]")].map((part) => ({
      part, names: [...part.querySelectorAll("li")].map((turn) => turn.textContent.trim()), shown: null,
    }));
    const { total, gone, running } = element.dataset;
    this.set({ total: Number(total), gone: Number(gone), running: Boolean(running) });
  }

  // In seconds: all turns together, and how much of that is gone.
  set({ total, gone, running }) {
    const tracks = this.sizes.map(({ names }) => ({ turns: names.map((name) => ({ name, seconds: total / names.length })) }));
    this.#rounds = new Rounds(tracks, { saved: { before: Math.max(0, gone), since: running ? Date.now() : null } });
  }

  // Where the clock is, in seconds, as it is kept and as another page takes it over.
  get position() {
    return { total: this.#rounds.total, gone: this.#rounds.elapsed, running: this.#rounds.running ? 1 : 0 };
  }

  get running() { return this.#rounds.running; }
  get fresh() { return !this.#rounds.begun || this.#rounds.finished; }

  toggle() { if (this.running) this.#rounds.pause(); else this.#rounds.start(); }
  next() { this.#rounds.next(); }

  tick() {
    const changes = this.#rounds.state().map((state, at) => this.#draw(this.sizes[at], state)).filter(Boolean);
    if (changes.length) this.turned([...new Set(changes)].join(". "));
  }

  // What is to be said aloud, when this size has come to another turn.
  #draw(size, { round, of, name, left, over }) {
    const { dataset } = this.element;
    const which = dataset.round.replace("{n}", round + 1).replace("{all}", of);
    const title = over ? dataset.over : this.sizes.length > 1 ? `${which} · ${size.part.dataset.words}` : which;
    put(size.part, "clock", clock(left));
    put(size.part, "round", title);
    put(size.part, "who", over ? "" : name);
    const [before, now] = [size.shown, over ? "over" : round];
    size.shown = now;
    return before === null || before === now ? "" : over ? title : `${title}: ${name}`;
  }
}

export function put(parent, part, words) {
  const element = parent.querySelector(`[data-part=${part}]`);
  if (element && element.textContent !== words) element.textContent = words;
}
