// After a greeting the page is ready for whoever comes next, though nobody presses anything.

const SHOWN_MS = 8_000;

if (document.querySelector("[data-kiosk-done]")) {
  setTimeout(() => location.assign(location.pathname), SHOWN_MS);
}
