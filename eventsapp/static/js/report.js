// Beside the text of a report: the preview follows what is typed, and facts are put in by a press.

const frame = document.querySelector("[data-preview]");
const texts = [...document.querySelectorAll("textarea[data-section]")];
const form = texts[0]?.form;

let asked = 0;
const refresh = async () => {
  const mine = ++asked;
  const answer = await fetch(frame.dataset.preview, { method: "POST", body: new FormData(form) });
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  // Only the content is exchanged, so that the reader keeps their place.
  if (main) frame.contentDocument?.querySelector("main")?.replaceWith(main);
};

let timer;
form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(refresh, 600);
});

// The preview shows the section that is being written.
for (const text of texts) {
  text.addEventListener("focus", () => {
    frame.contentDocument?.getElementById(text.dataset.section)?.scrollIntoView({ block: "start" });
  });
}

let last = texts[0];
for (const text of texts) text.addEventListener("blur", () => (last = text));
for (const button of document.querySelectorAll("[data-insert]")) {
  if (!last) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    last.setRangeText(button.dataset.insert, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
    last.focus();
  });
}

// Typing is not lost by leaving the page.
let isDirty = false;
form?.addEventListener("input", () => (isDirty = true));
form?.addEventListener("submit", (event) => {
  if (!event.submitter?.hasAttribute("formtarget")) isDirty = false;
});
window.addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
