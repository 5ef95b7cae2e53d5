import {Awake, Bell, Rounds, clock, follow, signal} from "/rounds.js";

const at = id => document.getElementById(id);
const bell = new Bell();
let room = null, rounds = null, following = null, chosen = null, taking = false;
const awake = new Awake();

// --- what is asked of the server: with the token that only this page was given

const token = (() => {
  const key = location.hash.slice(1);
  if (key) {
    sessionStorage.setItem("room", key);
    history.replaceState(null, "", "/");
  }
  return sessionStorage.getItem("room") ?? "";
})();

async function ask(path, words) {
  const options = words && {method: "POST", body: JSON.stringify(words)};
  const headers = {"X-Room": token, ...(words && {"Content-Type": "application/json"})};
  try {
    const answer = await fetch(path, {...options, headers});
    const content = await answer.json();
    if (answer.ok) { problem(""); show(content); return true; }
    problem(answer.status === 404 ? "This page has no key to the room. Open the address shown in the terminal." : content.problem);
  } catch {
    problem("The room does not answer. Check that pilotage room is still running. The timer goes on, and nothing is lost.");
  }
  return false;
}

const act = (action, words = {}) => ask(`/do/${action}`, words);

function problem(words) {
  at("problem").textContent = words;
  at("problem").hidden = !words;
}

// --- building

function make(tag, properties = {}, ...children) {
  const {data, ...plain} = properties;
  const element = Object.assign(document.createElement(tag), plain);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}

function fill(id, children) {
  const key = document.activeElement?.dataset.key;
  at(id).replaceChildren(...children);
  if (key) [...at(id).querySelectorAll("[data-key]")].find(element => element.dataset.key === key)?.focus();
}

function button(words, key, action, properties = {}) {
  return make("button", {type: "button", textContent: words, onclick: action, data: {key}, ...properties});
}

// --- showing

function show(now) {
  const before = JSON.stringify([room?.tracks, room?.pairing?.number, room?.session]);
  room = now;
  const day = new Date(`${room.today}T12:00`);
  at("session").textContent = `Session ${room.session}`;
  at("day").textContent = day.toLocaleDateString("en-GB", {weekday: "long", day: "numeric", month: "long", year: "numeric"});
  showPeople();
  showGroups();
  showRules();
  showHistory();
  if (before !== JSON.stringify([room.tracks, room.pairing?.number, room.session])) setUpRounds();
}

const STATES = [["here", "Here"], ["resting", "Sits out"], ["away", "Away"]];

function showPeople() {
  const here = room.people.filter(person => person.state === "here").length;
  at("count").textContent = room.people.length ? `${here} of ${room.people.length}` : "";
  at("everyone").hidden = here === room.people.length;
  at("edit").hidden = !room.people.length;
  at("pair").disabled = here < 2;
  fill("people", room.people.map(({name, state}) => make("li", {className: state},
    make("span", {className: "name", textContent: name}),
    taking ? button("Remove", `out ${name}`, () => takeOut(name), {className: "plain"}) : states(name, state))));
}

function states(name, state) {
  const group = make("div", {className: "states", role: "group", ariaLabel: name});
  group.append(...STATES.map(([to, words]) =>
    button(words, `${to} ${name}`, () => act("set", {name, state: to}), {ariaPressed: String(to === state)})));
  return group;
}

function takeOut(name) {
  if (confirm(`Remove ${name} from the list? Past pairs with ${name} stay in the history.`)) act("remove", {name});
}

const sizes = {2: "Pairs", 3: "Threes", 4: "Fours"};

function showGroups() {
  const pairing = room.pairing;
  at("pairs-title").textContent = sizes[room.rules.size] ?? "Groups";
  at("pair").textContent = pairing ? "Next pairing" : "Make pairs";
  at("pair").className = pairing ? "plain" : "main";
  at("changed").hidden = !room.changed;
  at("undo").hidden = !pairing;
  at("enlarge").hidden = !pairing;
  at("aside").textContent = aside(pairing);
  at("hint").textContent = hint(pairing);
  fill("groups", pairing ? pairing.groups.map(shownGroup) : []);
  at("large-groups").replaceChildren(...(pairing?.groups ?? []).map(group => make("li", {}, ...named(group))));
  at("large-aside").textContent = aside(pairing);
}

function shownGroup(group, number) {
  const names = group.flatMap((name, place) => [
    ...(place ? [make("span", {className: "with", textContent: "–"})] : []),
    name === room.teacher
      ? make("span", {className: "fixed", textContent: name})
      : button(name, `in ${name}`, () => choose(name), {ariaPressed: String(name === chosen)}),
  ]);
  return make("li", {data: {number: number + 1}}, ...names, make("small", {textContent: `${group[0]} first`}));
}

function named(group) {
  return group.flatMap((name, place) =>
    [...(place ? [" – "] : []), make("span", {className: place ? "" : "first", textContent: name})]);
}

function aside(pairing) {
  const observing = pairing?.observers.map(name => `${name} observes`) ?? [];
  return observing.join(", ");
}

function hint(pairing) {
  if (!room.people.length) return "Type the names of the people in your group, separated by commas.";
  if (!pairing) return "Nobody has been paired today. People meet someone new as long as that is possible.";
  return chosen ? `Now tap the person who swaps places with ${chosen}.` : "To swap two people, tap one and then the other.";
}

async function choose(name) {
  const before = chosen;
  chosen = before === name ? null : before ? null : name;
  if (before && before !== name) await act("swap", {one: before, other: name});
  showGroups();
}

function showRules() {
  at("rules").elements.size.value = room.rules.size;
  at("rules").elements.odd.value = room.rules.odd;
  for (const name of ["speaking", "talking"]) {
    const field = at("minutes").elements[name];
    if (field !== document.activeElement) field.value = room.minutes[name];
  }
  at("total").textContent = `${2 * room.minutes.speaking + room.minutes.talking} minutes in all`;
  fill("apart", room.apart.map(([one, other]) => make("li", {}, `${one} and ${other}`,
    button("Remove", `apart ${one} ${other}`, () => act("apart", {one, other}), {className: "link"}))));
  for (const id of ["one", "other"]) {
    const value = at(id).value;
    at(id).replaceChildren(...room.people.map(({name}) => make("option", {textContent: name})));
    if (value) at(id).value = value;
  }
}

function showHistory() {
  fill("history", room.history.map(past => make("li", {},
    make("b", {textContent: `Session ${past.session}, ${short(past.day)}${past.number > 1 ? `, pairing ${past.number}` : ""}`}),
    past.groups.map(group => group.join(" – ")).join(" · "),
    make("span", {className: "quiet", textContent: notes(past)}))));
  showMet();
}

function notes(past) {
  const remarks = [aside(past), past.resting.length ? `${past.resting.join(", ")} sat out` : "",
    past.again.length ? `met before: ${past.again.map(pair => pair.join(" – ")).join(", ")}` : "",
    past.changes ? "changed after it was shown" : ""].filter(Boolean).join("; ");
  return remarks ? ` (${remarks})` : "";
}

function short(day) {
  return day && new Date(`${day}T12:00`).toLocaleDateString("en-GB", {weekday: "short", day: "numeric", month: "short", year: "numeric"});
}

function showMet() {
  const names = [...new Set([...room.people.map(person => person.name), ...room.met.flatMap(pair => [pair.one, pair.other])])];
  const times = new Map(room.met.flatMap(({one, other, times}) => [[`${one}:${other}`, times], [`${other}:${one}`, times]]));
  if (!room.met.length || names.length > 40) return at("met").replaceChildren();
  const cell = (row, column) => {
    const met = times.get(`${row}:${column}`);
    return make("td", {className: row === column ? "self" : met ? "met" : "", textContent: met ?? ""});
  };
  at("met").replaceChildren(
    make("caption", {textContent: "How often two people have met"}),
    make("thead", {}, make("tr", {}, make("td"), ...names.map(name => make("th", {scope: "col", textContent: name})))),
    make("tbody", {}, ...names.map(row => make("tr", {},
      make("th", {scope: "row", textContent: row}), ...names.map(column => cell(row, column))))));
}

// --- rounds

const ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"];

function tracks() {
  return room.tracks.map(({people, turns}) => ({
    label: sizes[people] ?? `Groups of ${people}`,
    turns: turns.map(({speaker, seconds}) => ({seconds, name: speaker
      ? `The ${ordinals[speaker - 1]} speaks, ${people === 2 ? "the other listens" : "the others listen"}`
      : people === 2 ? "Both talk together" : "All talk together"})),
  }));
}

function setUpRounds() {
  following?.stop();
  const key = JSON.stringify([room.today, room.session, room.pairing?.number]);
  const saved = JSON.parse(sessionStorage.getItem("rounds") ?? "null");
  rounds = new Rounds(tracks(), {saved: saved?.key === key ? saved.rounds : null});
  at("timer").hidden = !room.tracks.length;
  drawTracks();
  following = follow(rounds, {tick, change: changed});
}

function keepRounds() {
  const key = JSON.stringify([room.today, room.session, room.pairing?.number]);
  sessionStorage.setItem("rounds", JSON.stringify({key, rounds}));
}

function drawTracks() {
  for (const id of ["tracks", "large-tracks"]) {
    at(id).replaceChildren(...tracks().map(track => make("div", {className: "track"},
      make("div", {className: "said"}, make("span", {className: "round"}), make("span", {className: "name"})),
      make("span", {className: "left", role: "timer"}),
      make("div", {className: "bar"}, ...track.turns.map(turn => {
        const bar = make("progress", {max: turn.seconds, value: 0, ariaHidden: "true"});
        bar.style.flexGrow = turn.seconds;
        return bar;
      })))));
  }
}

function tick(states) {
  for (const id of ["tracks", "large-tracks"]) {
    states.forEach((state, track) => {
      const drawn = at(id).children[track];
      const label = states.length > 1 ? `${state.label} · ` : "";
      drawn.querySelector(".round").textContent = `${label}round ${state.round + 1} of ${state.of}`;
      drawn.querySelector(".name").textContent = state.over ? "Time is up" : state.name;
      drawn.querySelector(".left").textContent = clock(state.left);
      drawn.querySelectorAll("progress").forEach((bar, round) => {
        bar.value = round < state.round || state.over ? bar.max : round > state.round ? 0 : state.length - state.left;
      });
    });
  }
  at("start").textContent = rounds.running ? "Pause" : rounds.begun && !rounds.finished ? "Continue" : "Start";
  at("start").disabled = rounds.finished;
  at("next").disabled = !rounds.begun || rounds.finished;
  at("again").disabled = !rounds.begun;
}

function changed(state, track) {
  const label = room.tracks.length > 1 ? `${state.label}: ` : "";
  at("spoken").textContent = label + (state.over ? "time is up." : `${state.name}.`);
  announce(state.over ? 3 : 1, track);
  keepRounds();
  if (rounds.finished) awake.want(false);
}

function announce(times, track = 0) {
  if (announcing() === "bell") bell.ring(times, {pitch: track ? 1.26 : 1});
  signal(document.documentElement, times > 1 ? 8 : 4);
}

const announcing = () => document.querySelector("[name=announce]:checked").value;

function startOrPause() {
  bell.wake();
  if (rounds.running) rounds.pause();
  else {
    if (!rounds.begun) announce(1);
    rounds.start();
  }
  awake.want(rounds.running);
  keepRounds();
  following.look();
}

// --- large

async function enlarge(large) {
  at("large").hidden = !large;
  at(large ? "reduce" : "enlarge").focus();
  try {
    if (large) await document.documentElement.requestFullscreen();
    else if (document.fullscreenElement) await document.exitFullscreen();
  } catch { /* large in the window, then */ }
}

// --- what can be tapped

at("add").onsubmit = async event => {
  event.preventDefault();
  if (await act("add", {names: at("names").value})) at("names").value = "";
};
at("everyone").onclick = () => act("everyone");
at("edit").onclick = () => {
  taking = !taking;
  at("edit").ariaPressed = String(taking);
  at("edit").textContent = taking ? "Done" : "Remove names";
  showPeople();
};
at("pair").onclick = () => { chosen = null; act("pair"); };
at("repair").onclick = () => { chosen = null; act("repair"); };
at("undo").onclick = () => confirm("Remove this pairing from the history?") && act("undo");
at("enlarge").onclick = () => enlarge(true);
at("reduce").onclick = () => enlarge(false);
at("start").onclick = startOrPause;
at("next").onclick = () => { rounds.next(); keepRounds(); following.look(); };
at("again").onclick = () => { rounds.reset(); awake.want(false); keepRounds(); setUpRounds(); };
at("ring").onclick = () => bell.ring();
at("minutes").onsubmit = event => event.preventDefault();
at("minutes").onchange = () => at("minutes").reportValidity()
  && act("minutes", Object.fromEntries(new FormData(at("minutes"))));
at("rules").onchange = () => act("rules", Object.fromEntries(new FormData(at("rules"))));
at("keep").onsubmit = event => {
  event.preventDefault();
  act("apart", {one: at("one").value, other: at("other").value});
};
for (const choice of document.querySelectorAll("[name=announce]")) {
  choice.checked = choice.value === (localStorage.getItem("announce") ?? "bell");
  choice.onchange = () => localStorage.setItem("announce", choice.value);
}
document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) at("large").hidden = true; });
document.addEventListener("keydown", event => {
  if (at("large").hidden) return;
  if (event.key === "Escape") enlarge(false);
  if (event.key === " " && event.target.id !== "reduce") { event.preventDefault(); startOrPause(); }
});
ask("/room");
