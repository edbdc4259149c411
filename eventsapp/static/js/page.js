// Small helps for every page; each is an addition to something that works without it.

// What was wrong is read out first.
document.querySelector("[data-errors]")?.focus();

// A form is sent once, however often its button is pressed; coming back frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // What is shown in a frame leaves the page and its form in place.
  if (event.submitter?.hasAttribute("formtarget")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.querySelector("[data-once]")) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was typed and not saved does not stay behind on a shared machine.
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("report-")) localStorage.removeItem(key);
  }
});

// Bulk actions say how many rows they will act on.
const picked = document.querySelector("[data-picked]");
if (picked) {
  const count = () => {
    const number = document.querySelectorAll("[data-pick]:checked").length;
    picked.hidden = number === 0;
    picked.textContent = picked.dataset.text.replace("{n}", number);
  };
  document.addEventListener("change", count);
  count();
}
