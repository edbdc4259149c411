// Typing in answers from paper, by the keyboard alone and without leaving the page. Without this
// the form sends itself and the page that says "received" leads back here.

const form = document.querySelector("[data-entry]");
const state = form.querySelector("[data-state]");
const problems = form.querySelector("[data-problems]");
const code = form.elements.code;
const number = new Intl.NumberFormat(document.documentElement.lang);
const TEN_WITHIN = 600;
let received = 0;
let ten = null;

document.querySelector("[data-keys]").hidden = false;

// Where the cursor stops: one place for all points of a scale or boxes of a choice.
const placeOf = (control) => {
  if (control.type === "radio") return control.name;
  if (control.type === "checkbox") return control.closest("[data-question]")?.id ?? control.name;
  return control.id || control.name;
};

const stops = () => {
  const found = new Map();
  for (const control of form.elements) {
    const isShown = control.matches("input, select, textarea") && control.type !== "hidden";
    if (!isShown || control.disabled || control.offsetParent === null) continue;
    const key = placeOf(control);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(control);
  }
  return [...found.entries()];
};

const go = (from, step) => {
  const all = stops();
  const at = all.findIndex(([key]) => key === placeOf(from));
  const next = all[at + step];
  if (!next) {
    form.querySelector(".buttons button").focus();
    return;
  }
  const [, controls] = next;
  (controls.find((control) => control.checked) ?? controls[0]).focus();
};

const choose = (control, digit) => {
  const [, controls] = stops().find(([key]) => key === placeOf(control));
  // A point of a scale is chosen by its number, an option ("2 days") by its place.
  const isScale = controls[0].closest(".scale__point") !== null;
  const wanted = ten && digit === "0" ? "10" : digit;
  const chosen = isScale
    ? controls.find((one) => one.value === wanted)
    : controls[Number(digit) - 1];
  if (!chosen) return;
  clearTimeout(ten);
  ten = null;
  chosen.click();
  chosen.focus();
  if (chosen.type !== "radio") return;
  const mayBeTen = isScale && wanted === "1" && controls.some((one) => one.value === "10");
  if (mayBeTen) {
    ten = setTimeout(() => {
      ten = null;
      if (document.activeElement === chosen) go(chosen, 1);
    }, TEN_WITHIN);
  } else {
    go(chosen, 1);
  }
};

form.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (key === "Enter" && target.matches("input, select")) {
    event.preventDefault();
    go(target, event.shiftKey ? -1 : 1);
  } else if (/^\d$/.test(key) && target.matches("[type=radio], [type=checkbox]")) {
    event.preventDefault();
    choose(target, key);
  }
});

const say = (text, isGood) => {
  state.textContent = text;
  state.hidden = false;
  state.classList.toggle("notice--good", isGood);
  state.classList.toggle("notice--bad", !isGood);
};

const empty = () => {
  form.reset();
  form.elements.retry_key.value = crypto.randomUUID();
  // Conditions look again, and rankings go back into the order of the form.
  form.dispatchEvent(new Event("change", { bubbles: true }));
  scrollTo(0, 0);
  const first = code?.type === "hidden" ? stops()[0]?.[1][0] : code;
  first?.focus();
};

const show = (page) => {
  const told = page.querySelector("[data-received]");
  const wrong = page.querySelector("[data-errors]");
  const over = page.querySelector("[data-over]");
  problems.replaceChildren();
  if (told) {
    received += 1;
    say(form.dataset.received.replace("{count}", number.format(received)), true);
    empty();
  } else if (wrong) {
    state.hidden = true;
    problems.append(document.importNode(wrong, true));
    problems.firstElementChild.focus();
  } else if (over) {
    say([...over.querySelectorAll("h1, .lead")].map((one) => one.textContent).join(" – "), false);
    code?.focus();
  } else {
    say(form.dataset.failed, false);
  }
};

let isBusy = false;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  try {
    // Without the cookie: of what is sent, nothing says who typed it in.
    const answer = await fetch(form.action, {
      method: "POST",
      credentials: "omit",
      body: new URLSearchParams(new FormData(form)),
    });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    say(form.dataset.lost, false);
  } finally {
    isBusy = false;
  }
});

stops()[0]?.[1][0].focus();
