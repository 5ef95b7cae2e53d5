// Round timers, a bell and a silent signal. Needs nothing else: no network, no other script, no page of its own.
//
//   const rounds = new Rounds([{label: "Pairs", turns: [{name: "The first speaks", seconds: 300}, …]}]);
//   follow(rounds, {tick: draw, change: (track, state) => bell.ring()});
//   rounds.start();

// One clock for several tracks that begin together: pairs, and a group of three whose rounds are shorter.
export class Rounds {
  #tracks; #now; #before = 0; #since = null;

  constructor(tracks, {now = () => Date.now(), saved = null} = {}) {
    this.#tracks = tracks;
    this.#now = now;
    if (saved) { this.#before = saved.before; this.#since = saved.since; }
  }

  get total() { return Math.max(0, ...this.#tracks.map(track => sum(track.turns))); }
  get elapsed() { return Math.min(this.total, this.#before + (this.#since === null ? 0 : (this.#now() - this.#since) / 1000)); }
  get running() { return this.#since !== null && this.elapsed < this.total; }
  get finished() { return this.total > 0 && this.elapsed >= this.total; }
  get begun() { return this.elapsed > 0 || this.#since !== null; }

  start() { if (this.#since === null) this.#since = this.#now(); }
  pause() { this.#before = this.elapsed; this.#since = null; }
  reset() { this.#before = 0; this.#since = null; }

  // On to the next round of the first track; the others stay in step with the clock.
  next() { this.#moveTo(this.#ends(0).find(end => end > this.elapsed + .001) ?? this.total); }

  // What to show of each track: which round, how long it is, how much of it is left.
  state() {
    return this.#tracks.map((track, at) => {
      const ends = this.#ends(at);
      const current = ends.findIndex(end => end > this.elapsed + .001);
      const round = current < 0 ? ends.length - 1 : current;
      const length = track.turns[round]?.seconds ?? 0;
      const left = current < 0 ? 0 : ends[round] - this.elapsed;
      return {label: track.label, round, of: ends.length, name: track.turns[round]?.name ?? "", length, left, over: current < 0};
    });
  }

  // Enough to go on after the page was loaded again.
  toJSON() { return {before: this.#before, since: this.#since}; }

  #ends(at) { let end = 0; return this.#tracks[at].turns.map(turn => end += turn.seconds); }
  #moveTo(seconds) { this.#before = seconds; if (this.#since !== null) this.#since = this.#now(); }
}

// Calls `tick(states)` a few times a second and `change(state, track)` when a round of a track begins or it is over.
// The clock is asked each time, so that a tablet that slept shows the right time when it wakes.
export function follow(rounds, {tick = () => {}, change = () => {}, every = 200} = {}) {
  const mark = state => state.over ? "over" : state.round;
  let seen = rounds.state().map(mark);
  const look = () => {
    const states = rounds.state();
    states.forEach((state, track) => { if (mark(state) !== seen[track] && rounds.begun) change(state, track); });
    seen = states.map(mark);
    tick(states);
  };
  look();
  const timer = setInterval(look, every);
  return {look, stop: () => clearInterval(timer)};
}

// A bowl, struck. The sound is made on the spot; a browser lets it sound after the first tap on the page.
export class Bell {
  #audio = null;

  // To be called from a tap or a key, or the browser keeps it silent.
  wake() {
    this.#audio ??= new AudioContext();
    if (this.#audio.state === "suspended") this.#audio.resume();
  }

  ring(times = 1, {pitch = 1} = {}) {
    this.wake();
    for (let strike = 0; strike < times; strike++) this.#strike(this.#audio.currentTime + .05 + strike * 1.8, pitch);
  }

  #strike(at, pitch) {
    for (const [ratio, loudness, seconds] of [[1, .5, 6], [2.71, .25, 3.5], [5.15, .12, 1.8], [8.43, .05, .9]]) {
      const tone = new OscillatorNode(this.#audio, {frequency: 294 * pitch * ratio});
      const volume = new GainNode(this.#audio, {gain: 0});
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(loudness, at + .008);
      volume.gain.exponentialRampToValueAtTime(.0001, at + seconds);
      tone.connect(volume).connect(this.#audio.destination);
      tone.start(at);
      tone.stop(at + seconds);
    }
  }
}

// The silent signal: an element is marked for some seconds, and the page's own style says how it looks.
export function signal(element, seconds = 4, mark = "signal") {
  element.classList.add(mark);
  clearTimeout(signal[mark]);
  signal[mark] = setTimeout(() => element.classList.remove(mark), seconds * 1000);
}

// 3:05 for 184.2: what is left is rounded up, so that 0:00 means over.
export function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds - .05));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function sum(turns) { return turns.reduce((total, turn) => total + turn.seconds, 0); }

// Keeps the screen from going dark while it is wanted. A browser lets go of it when the page is hidden, so it is asked for
// again when the page is seen; where it has no such thing the screen may go dark by itself, and the clock goes on.
export class Awake {
  #lock = null;
  #wanted = false;
  #settled = Promise.resolve();

  constructor() {
    document.addEventListener("visibilitychange", () => this.want(this.#wanted));
  }

  // One request at a time: a browser may take a while, and what is wanted may change meanwhile.
  want(wanted) {
    this.#wanted = wanted;
    this.#settled = this.#settled.then(() => this.#settle());
  }

  async #settle() {
    try {
      if (this.#lock?.released) this.#lock = null;
      if (!this.#wanted) { await this.#lock?.release(); this.#lock = null; }
      else if (!document.hidden) this.#lock ??= await navigator.wakeLock?.request("screen");
    } catch { this.#lock = null; }
  }
}
