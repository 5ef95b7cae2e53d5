// Saves each answer as it is given, keeps it through a lost network, and turns pages without loading them.
import { Queue, send } from "./queue.js";

const form = document.querySelector("form.questionnaire[data-save]");
const items = [...form.querySelectorAll("[data-item]")];
const status = document.getElementById("saved");
const token = form.elements.csrfmiddlewaretoken.value;
const queue = new Queue(form.dataset.key);
const last = Number(form.dataset.pages);
let page = Number(form.dataset.page);
let sending = null;
let pause = 2000;
const kept = new Map();
let typing = null; // the item in which somebody types, and the timer after which it is saved

const controls = (item) => [...item.querySelectorAll("[name^=answer-]")];
const withId = (id) => items.find((item) => item.dataset.item === id);

// The answer in an item: undefined where there is none, null where it was left blank on purpose.
function answerOf(item) {
  const all = controls(item);
  if (all[0].type === "checkbox") {
    const chosen = all.filter((box) => box.checked).map((box) => box.value);
    return chosen.length ? chosen.join(" ") : item.dataset.touched ? null : undefined;
  }
  if (all[0].type === "radio") {
    const chosen = all.find((button) => button.checked);
    return chosen ? chosen.value || null : undefined;
  }
  return all[0].value.trim() || (item.dataset.touched ? null : undefined);
}

function putBack(item, value) {
  for (const control of controls(item)) {
    if (control.type === "checkbox") control.checked = (value ?? "").split(" ").includes(control.value);
    else if (control.type === "radio") control.checked = control.value === (value ?? "");
    else control.value = value ?? "";
  }
  item.dataset.touched = "yes";
}

// Whether an answer, as it stands on the page, fulfils a condition. The server decides the same by Condition.holds of
// protocol/conditions.py; tests/web/participant/test_conditions.py holds the two together.
function holds(answer, relation, value) {
  if (answer === null) return false;
  const dotted = answer.replace(",", "."); // a number is kept with a point, however it was typed
  const kept = Number.isNaN(Number(dotted)) ? answer : dotted;
  if (relation === "is") return kept === value;
  if (relation === "is not") return kept !== value;
  return relation === "at least" ? Number(kept) >= Number(value) : Number(kept) <= Number(value);
}

// Conditions of a form: an item is asked when the one it rests on is, and was answered so.
function isAsked(item) {
  const { whenItem, whenRelation, whenValue } = item.dataset;
  if (!whenItem) return true;
  const other = withId(whenItem);
  const answer = isAsked(other) ? answerOf(other) : null;
  return holds(answer ?? null, whenRelation, whenValue);
}

function draw() {
  for (const item of items) item.hidden = !isAsked(item) || Number(item.dataset.onPage) !== page;
  const shown = items.filter(isAsked);
  const done = shown.filter((item) => answerOf(item) !== undefined).length;
  const bar = document.querySelector("#answered progress");
  bar.value = done;
  bar.max = shown.length;
  const words = document.querySelector("#answered .number");
  words.textContent = words.textContent.replace(/\d+(\D+)\d+/, `${done}$1${shown.length}`);
  const button = (name) => form.querySelector(`button[value=${name}]`);
  if (button("next")) button("next").hidden = page >= lastAsked();
  if (button("back")) button("back").hidden = page <= 1;
  button("finish").hidden = page < lastAsked();
  form.elements.page.value = page;
}

const pagesAsked = () => [...new Set(items.filter(isAsked).map((item) => Number(item.dataset.onPage)))];
const lastAsked = () => Math.max(...pagesAsked(), 1);

function say(state, words) {
  status.dataset.state = state;
  status.textContent = words ?? status.dataset[state] ?? "";
}

function complain(item, words) {
  item.querySelector("ul.error")?.remove();
  item.toggleAttribute("data-refused", Boolean(words));
  if (!words) return;
  const list = document.createElement("ul");
  list.className = "error";
  list.append(Object.assign(document.createElement("li"), { textContent: words }));
  list.setAttribute("role", "alert");
  (item.querySelector("legend") ?? item.querySelector("label")).after(list);
}

async function flush() {
  while (sending) await sending;
  if (!queue.waiting.length) return;
  sending = send(queue, form.dataset.save, token);
  const { state, refused } = await sending;
  sending = null;
  for (const answer of queue.refused) if (withId(answer.item)) complain(withId(answer.item), answer.refused);
  if (state === "closed") return void location.reload();
  if (state === "saved") {
    pause = 2000;
    if (Object.keys(refused).length) say("refused", "");
    else say("saved");
    return;
  }
  say("waiting", state === "signed out" ? form.dataset.signedOut : undefined);
  if (state === "waiting") setTimeout(flush, (pause = Math.min(pause * 1.5, 30000)));
}

function keep(item) {
  if (typing?.item === item) {
    clearTimeout(typing.timer);
    typing = null;
  }
  item.dataset.touched = "yes";
  const value = answerOf(item);
  // A field is also kept when it is left; what it says may be kept by then, and a complaint about it stays.
  if (value === undefined || kept.get(item) === value) return;
  kept.set(item, value);
  queue.put(item.dataset.item, value);
  complain(item, "");
  draw();
  flush();
}

function keepTyped() {
  if (typing) keep(typing.item);
}

function show(item) {
  turn(Number(item.dataset.onPage));
  item.scrollIntoView();
  controls(item)[0].focus();
}

function turn(to, push = true) {
  page = Math.min(Math.max(to, 1), last);
  draw();
  if (push) history.pushState({ page }, "", `?page=${page}`);
  window.scrollTo(0, 0);
  const first = items.find((item) => !item.hidden);
  if (first) { first.tabIndex = -1; first.focus({ preventScroll: true }); }
}

async function finish(button) {
  await flush();
  const refused = items.find((item) => item.hasAttribute("data-refused") && isAsked(item));
  if (refused) {
    say("refused", form.dataset.correctFirst);
    return show(refused);
  }
  if (queue.waiting.length) return say("waiting", navigator.onLine ? undefined : form.dataset.noNetwork);
  // All answers have arrived. Only the button is sent: the answers once more could undo what another device sent since.
  const sent = Object.assign(document.createElement("form"), { method: "post", action: form.getAttribute("action") });
  for (const input of form.querySelectorAll("input[type=hidden]:not([name=shown])")) sent.append(input.cloneNode());
  sent.append(Object.assign(document.createElement("input"), { type: "hidden", name: "go", value: button.value }));
  document.body.append(sent);
  sent.submit();
}

form.addEventListener("change", (event) => {
  const item = event.target.closest("[data-item]");
  if (item) keep(item);
});
form.addEventListener("input", (event) => {
  const item = event.target.closest("[data-item]");
  if (!item || !["text", "textarea"].includes(event.target.type)) return;
  clearTimeout(typing?.timer);
  typing = { item, timer: setTimeout(() => keep(item), 900) };
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keepTyped();
  const go = event.submitter?.value ?? "next";
  const there = pagesAsked();
  if (go === "next" && page < lastAsked()) turn(Math.min(...there.filter((number) => number > page)));
  else if (go === "back") turn(Math.max(...there.filter((number) => number < page), 1));
  else if (go === "finish") finish(event.submitter);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="#item-"]');
  const item = link && document.getElementById(link.hash.slice(1));
  if (!item?.dataset.item) return;
  event.preventDefault();
  show(item);
});
addEventListener("popstate", (event) => turn(event.state?.page ?? Number(form.dataset.page), false));
addEventListener("online", flush);
addEventListener("pageshow", flush);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepTyped();
  flush();
});

for (const promise of document.querySelectorAll("[data-saving]")) promise.hidden = promise.dataset.saving !== "by script";
for (const hint of form.querySelectorAll(".condition")) hint.hidden = true;
for (const { item, value, refused } of queue.all) {
  if (!withId(item)) continue;
  putBack(withId(item), value);
  complain(withId(item), refused);
}
for (const item of items) if (answerOf(item) !== undefined) item.dataset.touched = "yes";
if (last > 1) history.replaceState({ page }, "", `?page=${page}`);
draw();
if (queue.waiting.length) { say("waiting"); flush(); }
