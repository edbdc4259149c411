// A reader in another zone also sees the start in their own time.

const start = document.querySelector("time[data-local]");
const note = document.querySelector("[data-your-time]");
const lang = document.documentElement.lang;
// English dates as our pages write them.
const locale = lang === "en" ? "en-GB" : lang;

if (start && note) {
  const moment = new Date(start.dateTime);
  const here = new Intl.DateTimeFormat(locale, {
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
