// Copies a link by a button, where the browser can.
const button = document.querySelector("[data-copy]");
const field = document.querySelector("[data-copy-from]");
if (button && field && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  });
}
