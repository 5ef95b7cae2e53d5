// The turns of a practice: whose turn it is and how long it lasts, by this page's own clock; a bell made here, or a silent
// signal. Groups of different sizes have different turns, which together take the same time. Nothing is fetched.

export class Turns {
  // gone and total in seconds; running says whether time goes by.
  constructor({ total, gone = 0, running = false }) {
    this.total = total;
    this.set(gone, running);
  }

  set(gone, running) {
    this.base = Math.min(Math.max(gone, 0), this.total);
    this.running = running && this.base < this.total;
    this.since = performance.now();
  }

  get gone() {
    const more = this.running ? (performance.now() - this.since) / 1000 : 0;
    return Math.min(this.base + more, this.total);
  }

  get over() { return this.gone >= this.total; }

  // Which of so many equal turns it is, from 0, and the seconds left of it.
  at(turns) {
    const each = this.total / turns;
    const number = Math.min(Math.floor(this.gone / each + 1e-6), turns - 1);
    return { number, left: Math.max(0, (number + 1) * each - this.gone) };
  }

  // Where the next turn begins, of groups with so many turns.
  next(turns) { return (this.at(turns).number + 1) * (this.total / turns); }

  toggle() { this.set(this.gone, !this.running); }

  get said() { return { total: this.total, gone: this.gone, running: this.running ? 1 : 0 }; }
}

export function clock(seconds) {
  const whole = Math.ceil(seconds - 0.05);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

let sound = null;

// A browser lets a page sound only after somebody touched it.
export function unlock() {
  try { sound ??= new AudioContext(); sound.resume(); } catch { sound = null; }
}

// A bell: a few partials that fade, the higher ones sooner.
export function bell() {
  if (!sound || sound.state !== "running") return;
  for (const [ratio, loud, fades] of [[1, 0.5, 4], [2.01, 0.25, 2.5], [2.99, 0.15, 1.6], [5.4, 0.06, 0.8]]) {
    const [tone, volume] = [sound.createOscillator(), sound.createGain()];
    tone.frequency.value = 396 * ratio;
    volume.gain.setValueAtTime(loud, sound.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.0001, sound.currentTime + fades);
    tone.connect(volume).connect(sound.destination);
    tone.start();
    tone.stop(sound.currentTime + fades);
  }
}

// The silent signal: the whole page is tinted for some seconds, without blinking.
export function signal() {
  document.body.classList.add("signal");
  setTimeout(() => document.body.classList.remove("signal"), 4000);
}

// Draws the turns of an element as pairs_turns.html makes it; calls back when some groups change turns.
export class Drawn {
  constructor(element, turned) {
    this.element = element;
    this.turned = turned;
    this.sizes = [...element.querySelectorAll("[data-size]")].map((part) => ({
      part, turns: [...part.querySelectorAll("li")].map((one) => one.textContent.trim()), shown: null,
    }));
    const { total, gone, running } = element.dataset;
    this.turns = new Turns({ total: Number(total), gone: Number(gone), running: Boolean(running) });
  }

  get most() { return Math.max(...this.sizes.map(({ turns }) => turns.length)); }

  tick() {
    const over = this.turns.over;
    const said = [];
    for (const one of this.sizes) {
      const { number, left } = this.turns.at(one.turns.length);
      const now = over ? -1 : number;
      const put = (name, words) => { const e = one.part.querySelector(`[data-part=${name}]`); if (e.textContent !== words) e.textContent = words; };
      put("clock", clock(over ? 0 : left));
      const round = this.element.dataset.round.replace("{n}", number + 1).replace("{all}", one.turns.length);
      const size = this.sizes.length > 1 ? ` · ${one.part.dataset.words}` : "";
      put("round", over ? this.element.dataset.over : round + size);
      put("who", over ? "" : one.turns[number]);
      if (one.shown !== null && one.shown !== now) said.push(over ? this.element.dataset.over : `${round}${size}: ${one.turns[number]}`);
      one.shown = now;
    }
    if (said.length) this.turned([...new Set(said)].join(". "));
  }
}
