// Small helps for every page; each is an addition to something that works without it.

// What was wrong is read out first.
document.querySelector("[data-errors]")?.focus();

// A form is sent once, however often its button is pressed; coming back frees it again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.querySelector("[data-once]")) form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
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

// A reader elsewhere also sees their own time: <time datetime="…Z" data-local="your time: {time}">.
for (const time of document.querySelectorAll("time[data-local]")) {
  const moment = new Date(time.dateTime);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (Number.isNaN(moment.getTime()) || here === time.dataset.zone) continue;
  const options = { hour: "2-digit", minute: "2-digit", weekday: "short", timeZoneName: "short" };
  const words = new Intl.DateTimeFormat(document.documentElement.lang, options).format(moment);
  const note = document.createElement("span");
  note.className = "quiet small";
  note.textContent = ` (${time.dataset.local.replace("{time}", words)})`;
  time.after(note);
}
