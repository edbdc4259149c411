// A reader in another zone also sees the start in their own time.

const start = document.querySelector("time[data-local]");
const note = document.querySelector("[data-your-time]");

if (start && note) {
  const moment = new Date(start.dateTime);
  const here = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
    numberingSystem: "latn",
  }).format(moment);
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" }).format(moment);
  if (!start.textContent.includes(clock)) {
    note.textContent = note.dataset.text.replace("{when}", here);
    note.hidden = false;
  }
}
