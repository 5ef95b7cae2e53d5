// The run-sheet answers each tap at once, keeps it through a lost network, and keeps the time of the session and its turns.
import { Taps } from "./taps.js";
import { Awake, Turns, bell, put, signal } from "./timers.js";

const sheet = document.getElementById("run-sheet");
const status = document.getElementById("saved");
const taps = new Taps(`${sheet.dataset.user}-${sheet.dataset.session}`);
const time = document.getElementById("time");
const room = "BroadcastChannel" in window ? new BroadcastChannel(`pilotage-room-${sheet.dataset.session}`) : null;
const loaded = performance.now();
const marks = ["done", "partly", "omitted", "moved"];
const age = Number(sheet.dataset.age); // seconds, where the page was kept for a reload without network
const awake = new Awake();
let turns = null;
let sending = null;
let again = null;
let pause = 2000;

// Blocks

const blocks = [...sheet.querySelectorAll("[data-block]")].map((li) => ({
  li, ...li.dataset, planned: Number(li.dataset.planned) * 60, began: li.dataset.seconds !== "",
  spent: Number(li.dataset.seconds || 0), since: li.dataset.running ? Date.now() - age * 1000 : null,
}));
const taken = (block) => block.spent + (block.since === null ? 0 : (Date.now() - block.since) / 1000);

function stop(block, at) {
  if (block.since === null) return;
  block.spent += Math.max(0, at - block.since) / 1000;
  block.since = null;
}

// The same rules as on the server, so that what is shown is what will be kept.
function apply(block, what, reason, at) {
  if (what === "start") {
    for (const other of blocks) if (other !== block) stop(other, at);
    Object.assign(block, { mark: "", reason: "", began: true, since: block.since ?? at });
  } else if (what === "pause") stop(block, at);
  else if (what === "undo") Object.assign(block, { mark: "", reason: "" });
  else if (what === "reason") block.reason = reason;
  else if (marks.includes(what)) {
    stop(block, at);
    Object.assign(block, { mark: what, reason });
  }
  if (!time.dataset.running) Object.assign(time.dataset, { running: "yes", gone: String((Date.now() - at) / 1000 - (performance.now() - loaded) / 1000) });
}

function drawBlock(block) {
  const { li, mark } = block;
  li.className = block.since !== null ? "now" : mark === "done" || mark === "partly" ? "done" : mark ? "omitted" : "";
  for (const button of li.querySelectorAll("button[data-mark]")) {
    const chosen = button.dataset.mark === mark;
    button.value = chosen ? "undo" : button.dataset.mark;
    button.classList.toggle("second", !chosen);
    button.setAttribute("aria-pressed", chosen);
    button.hidden = Boolean(mark) && !chosen;
  }
  const run = li.querySelector("button[data-start]");
  run.hidden = Boolean(mark);
  run.value = block.since === null ? "start" : "pause";
  run.firstChild.textContent = block.since === null ? run.dataset.start : run.dataset.pause;
  const why = li.querySelector("[data-part=why]");
  why.hidden = !(block.core && mark && mark !== "done");
  for (const button of why.querySelectorAll("button")) {
    button.classList.toggle("second", button.value !== block.reason);
    button.setAttribute("aria-pressed", button.value === block.reason);
  }
}

// The time of the session

const hours = (seconds) => { const m = Math.round(Math.abs(seconds) / 60); return `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}`; };

const spentSoFar = () => Number(time.dataset.gone) + (time.dataset.running ? (performance.now() - loaded) / 1000 : 0);
const plannedLength = () => Number(time.dataset.length) * 60;
// The session runs until an hour past its planned end; a sheet that is left open longer is not kept going.
const goesOn = () => Boolean(time.dataset.running) && spentSoFar() < plannedLength() + 3600;

function drawTime() {
  const gone = spentSoFar();
  const left = plannedLength() - gone;
  const open = blocks.filter((block) => !block.mark && (!block.optional || block.began));
  const needs = open.reduce((sum, block) => sum + Math.max(0, block.planned - taken(block)), 0);
  put(time, "gone", hours(gone));
  put(time, "left", hours(left));
  put(time, "side", left < 0 ? time.dataset.over : time.dataset.left);
  put(time, "needs", hours(needs));
  time.querySelector("[data-part=short]").hidden = needs <= left || !time.dataset.running;
  for (const block of blocks) put(block.li, "taken", block.began ? ` (${Math.round(taken(block) / 60)})` : "");
}

// Who is here

function drawPerson(code, chosen) {
  const li = sheet.querySelector(`[data-person="${CSS.escape(code)}"]`);
  if (!li) return;
  li.className = chosen === "present" || chosen === "late" ? "done" : "omitted";
  for (const button of li.querySelectorAll("button")) {
    button.classList.toggle("second", button.value !== chosen);
    button.setAttribute("aria-pressed", button.value === chosen);
  }
  const [all, here] = [sheet.querySelectorAll("[data-person]").length, sheet.querySelectorAll("[data-person].done").length];
  const words = document.getElementById("in-room");
  words.textContent = words.dataset.words.replace("{in}", here).replace("{all}", all);
}

function show(tap) {
  const block = blocks.find((known) => known.block === tap.about);
  if (block && (marks.includes(tap.what) || ["start", "pause", "undo", "reason"].includes(tap.what))) {
    apply(block, tap.what, tap.reason ?? "", tap.when ?? Date.now());
    blocks.forEach(drawBlock);
    drawTime();
  } else if (["present", "late", "left early", "absent"].includes(tap.what)) drawPerson(tap.about, tap.what);
}

// Sending

function say(state, words) {
  status.dataset.state = state;
  status.textContent = words ?? status.dataset[state] ?? "";
}

async function flush() {
  clearTimeout(again);
  while (sending) await sending;
  if (!taps.waiting.length) return;
  sending = taps.send(sheet.dataset.tap, sheet.dataset.token);
  const { state, refused } = await sending;
  sending = null;
  if (state === "signed out") return say("waiting", sheet.dataset.signedOut);
  if (state === "waiting") {
    say("waiting");
    again = setTimeout(flush, (pause = Math.min(pause * 1.5, 20000)));
    return;
  }
  pause = 2000;
  const against = Object.values(refused);
  say(against.length ? "refused" : "saved", against[0]);
  refresh();
}

function tap(tapped, sequence) {
  taps.put(tapped, sequence);
  show(tapped);
  say("waiting");
  flush();
}

// What only the server knows is read anew: the pairs and who they lack. The worker keeps this page for a reload.
async function refresh() {
  try {
    const answer = await fetch(location.pathname, { redirect: "manual", credentials: "same-origin" });
    if (!answer.ok || taps.waiting.length) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [here, there] = [document.querySelector("#pairs > div"), page.querySelector("#pairs > div")];
    if (!here || !there || here.contains(document.activeElement)) return;
    const running = turns?.position;
    here.innerHTML = there.innerHTML;
    beginTurns(running);
  } catch { /* no network */ }
}

sheet.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-tap]");
  if (!form) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const reason = (fields.get("words") || fields.get("reason") || "").trim();
  if (fields.get("what") === "reason" && !reason) return;
  if (form.hasAttribute("data-once")) return concern(form, fields, reason);
  tap({ what: fields.get("what"), about: fields.get("about"), reason });
  if (form.elements.words) form.elements.words.value = "";
});

// Words about a person are sent, and not kept on a device that others use too. Where they do not arrive the tap alone
// waits, under the same number, so that nobody is told twice; and the words stay on the page.
async function concern(form, fields, reason) {
  const [tapped, sequence] = [{ what: fields.get("what"), about: fields.get("about") }, taps.next()];
  const arrived = reason && await taps.now({ ...tapped, reason }, sequence, sheet.dataset.tap, sheet.dataset.token);
  if (arrived) say("saved"); else tap(tapped, sequence);
  if (arrived || !reason) form.reset();
  document.querySelector("[data-told]").hidden = false;
}

// The turns of the pairs

const silent = () => sheet.querySelector("[name=silent]")?.checked;
const storedSilent = { get: () => { try { return localStorage.getItem("pilotage-silent") === "yes"; } catch { return false; } }, set: (on) => { try { localStorage.setItem("pilotage-silent", on ? "yes" : "no"); } catch { /* not kept */ } } };

function ring() {
  signal(document.body);
  if (!silent()) bell.ring();
}

function beginTurns(running) {
  const element = document.getElementById("turns");
  turns = element && new Turns(element, (words) => { ring(); status.textContent = words; });
  if (!turns) return;
  sheet.querySelector("[name=silent]").checked = storedSilent.get();
  const kept = taps.waiting.filter((waiting) => waiting.what === "clock" && waiting.about === element.dataset.pairing).at(-1);
  const now = turns.position;
  if (kept) turns.set({ ...kept.clock, gone: kept.clock.gone + (kept.clock.running ? (Date.now() - kept.when) / 1000 : 0) });
  else if (!running && now.running) turns.set({ ...now, gone: now.gone + age });
  drawTurns();
}

function drawTurns() {
  if (!turns) return;
  turns.tick();
  const go = sheet.querySelector("[data-do=go]");
  const words = turns.running ? go.dataset.hold : go.dataset.go;
  if (go.textContent !== words) go.textContent = words;
}

function tellTurns() {
  const clock = turns.position;
  room?.postMessage({ pairing: turns.element.dataset.pairing, ...clock });
  tap({ what: "clock", about: turns.element.dataset.pairing, clock });
  drawTurns();
}

sheet.addEventListener("click", (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (!what || !turns) return;
  bell.wake();
  if (what === "bell") return ring();
  if (what === "next") turns.next();
  else {
    if (turns.fresh) {
      const minutes = Number(sheet.querySelector("[name=minutes]").value);
      turns.set({ total: Math.max(1, minutes) * 60, gone: 0, running: false });
      ring();
    }
    turns.toggle();
  }
  tellTurns();
});
sheet.addEventListener("change", (event) => { if (event.target.name === "silent") storedSilent.set(event.target.checked); });
addEventListener("online", flush);
document.addEventListener("visibilitychange", flush);

if (time.dataset.running) time.dataset.gone = String(Number(time.dataset.gone) + age);
for (const waiting of taps.waiting) show(waiting);
beginTurns();
drawTime();
setInterval(() => { drawTime(); drawTurns(); }, 250);
// While the session goes on the screen stays on and the teacher signed in, also where nobody taps for a long time.
setInterval(() => awake.want(goesOn()), 5000);
setInterval(() => {
  if (goesOn()) fetch(location.pathname, { method: "HEAD", redirect: "manual", credentials: "same-origin" }).catch(() => {});
}, 300000);
if (taps.waiting.length) { say("waiting"); flush(); }
sheet.dataset.ready = "yes";

// This page and what it is made of are asked for once more, so that the worker has them from the first visit on.
async function keepForReload() {
  try {
    await navigator.serviceWorker.register(sheet.dataset.worker, { scope: location.pathname });
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    }
    const made = performance.getEntriesByType("resource").map((resource) => resource.name).filter((name) => name.includes("/static/"));
    await Promise.all([location.href.split(/[?#]/)[0], ...made].map((name) => fetch(name)));
    sheet.dataset.kept = "yes";
  } catch { /* without it the page still works, only not through a reload */ }
}

if ("serviceWorker" in navigator) keepForReload();
