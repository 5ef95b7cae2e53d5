// Small conveniences; every page works without them.
// The run-sheet is kept for a reload without network only while somebody of the staff is signed in.
if (!document.body.classList.contains("staff")) globalThis.caches?.delete("pilotage-room");
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const step = event.target.closest(".stepper [data-step]");
  if (!step) return;
  const input = step.closest(".stepper").querySelector("input");
  if (step.dataset.step > 0) input.stepUp(); else input.stepDown();
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
