// Beside the text of a report or an article: what is typed is kept, the preview follows it, and facts are put in
// by a press. The page works without any of it.

const PREVIEW_AFTER = 400;
const KEEP_AFTER = 1500;
const KEEP_AT_LEAST_EVERY = 10_000;

const editor = document.querySelector("[data-autosave]");
const frame = document.querySelector("[data-preview]");
const texts = [...document.querySelectorAll("[data-section]")];
const form = texts[0]?.form;

// The preview.

let asked = 0;
const refresh = async () => {
  const mine = ++asked;
  const answer = await fetch(frame.dataset.preview, { method: "POST", body: new FormData(form) });
  if (!answer.ok || mine !== asked) return;
  // Parsed in the frame, under the frame's own policy.
  const parser = new frame.contentWindow.DOMParser();
  const page = parser.parseFromString(await answer.text(), "text/html");
  // Only the content is exchanged, so that the reader keeps their place.
  frame.contentDocument?.body?.replaceChildren(...page.body.childNodes);
};

let previewTimer;
form?.addEventListener("input", () => {
  clearTimeout(previewTimer);
  previewTimer = setTimeout(() => refresh().catch(() => {}), PREVIEW_AFTER);
});
for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;

// The preview shows the section that is being written.
for (const text of texts) {
  text.addEventListener("focus", () => {
    frame.contentDocument?.getElementById(text.dataset.section)?.scrollIntoView({ block: "start" });
  });
}

// Facts.

// A headline is plain text, without references to facts.
const prose = texts.filter((text) => text.matches("textarea"));
let last = prose[0];
for (const text of prose) text.addEventListener("blur", () => (last = text));

const insert = (reference) => {
  last.setRangeText(reference, last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
  last.focus();
};

const buttons = last ? [...document.querySelectorAll("[data-insert]")] : [];
for (const button of buttons) {
  button.hidden = false;
  button.addEventListener("click", () => insert(button.dataset.insert));
}

const search = document.querySelector("[data-search-facts]");
if (search) {
  search.hidden = false;
  const none = document.querySelector("[data-no-facts]");
  const facts = [...document.querySelectorAll("[data-facts] li")];
  const input = search.querySelector("input");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const fact of facts) {
      const said = fact.textContent.toLowerCase();
      fact.hidden = !words.every((word) => said.includes(word));
    }
    none.textContent = facts.every((fact) => fact.hidden) ? none.dataset.text : "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = facts.find((fact) => !fact.hidden)?.querySelector("[data-insert]");
    if (first && last) insert(first.dataset.insert);
  });
}

// Keeping what is typed: at once in this browser, soon on the server, until it is saved.

const plain = (text) => text.replaceAll("\r\n", "\n").trim();

const keeping = () => {
  const status = editor.querySelector("[data-kept]");
  const field = (name) => form.elements[name];
  const tab = (sessionStorage.tab ||= crypto.getRandomValues(new Uint32Array(2)).join("-"));
  const prefix = `${editor.dataset.draft}:`;
  const own = prefix + tab;
  let typedAt = 0;
  let keptAt = 0;
  let since = 0;
  let timer;
  let isElsewhere = false;

  const touched = () => texts.filter((text) => text.value !== text.defaultValue);

  const keepHere = () => {
    const entry = { at: Date.now(), version: field("version").value, texts: {}, opened: {} };
    for (const text of touched()) {
      entry.texts[text.name] = text.value;
      entry.opened[text.name] = field(`opened-${text.name}`).value;
    }
    localStorage.setItem(own, JSON.stringify(entry));
  };

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };

  const note = (notes) => {
    for (const list of editor.querySelectorAll("[data-notes]")) {
      const items = (notes[list.dataset.notes] ?? []).map((words) => {
        const item = document.createElement("li");
        item.dir = "auto";
        item.textContent = words;
        return item;
      });
      list.replaceChildren(...items);
    }
  };

  const keepThere = async () => {
    const upTo = typedAt;
    since = 0;
    const answer = await fetch(editor.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
    });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    const body = isOurs ? await answer.json() : {};
    if (answer.ok && isOurs) {
      field("revision").value = body.revision;
      keptAt = upTo;
      say(body.saved);
      note(body.notes);
      if (typedAt === upTo) localStorage.removeItem(own);
    } else if (answer.status === 409) {
      isElsewhere = true;
      say(editor.dataset.elsewhere);
    } else if (answer.status === 422 && body.errors) {
      say(Object.values(body.errors).flat().join(" "));
    } else {
      say(editor.dataset.signedOut);
      later(KEEP_AT_LEAST_EVERY);
    }
  };

  const keep = () =>
    keepThere().catch(() => {
      say(editor.dataset.offline);
      later(KEEP_AT_LEAST_EVERY);
    });

  const later = (after) => {
    if (isElsewhere) return;
    clearTimeout(timer);
    since ||= Date.now();
    timer = setTimeout(keep, Math.min(after, Math.max(0, since + KEEP_AT_LEAST_EVERY - Date.now())));
  };

  form.addEventListener("input", (event) => {
    if (!texts.includes(event.target)) return;
    typedAt = Date.now();
    keepHere();
    later(KEEP_AFTER);
  });
  window.addEventListener("online", () => typedAt > keptAt && later(0));

  // Leaving is only worth a question while nobody else has what was typed.
  let isSending = false;
  form.addEventListener("submit", (event) => {
    isSending ||= !event.submitter?.hasAttribute("formtarget");
    if (isSending) clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (isSending = false));
  window.addEventListener("beforeunload", (event) => {
    if (typedAt > keptAt && !isSending) event.preventDefault();
  });

  // What an earlier page left behind: put back after a reload, offered after a crash.
  const putBack = (entry) => {
    for (const [name, value] of Object.entries(entry.texts)) {
      if (!field(name)) continue;
      field(name).value = value;
      field(`opened-${name}`).value = entry.opened[name];
    }
    field("version").value = entry.version;
    texts[0].dispatchEvent(new Event("input", { bubbles: true }));
  };

  const isSettled = (entry) =>
    Object.entries(entry.texts).every(
      ([name, value]) => !field(name) || plain(field(name).value) === plain(value),
    );

  const left = Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => [key, JSON.parse(localStorage.getItem(key))]);
  for (const [key, entry] of left.filter(([, entry]) => isSettled(entry))) {
    if (entry) localStorage.removeItem(key);
  }
  const open = left.filter(([, entry]) => !isSettled(entry)).sort((a, b) => b[1].at - a[1].at);
  const mine = open.find(([key]) => key === own);
  const found = document.querySelector("[data-found]");
  if (mine && mine[1].version === field("version").value) {
    putBack(mine[1]);
  } else if (open.length) {
    const [key, entry] = open[0];
    found.hidden = false;
    found.querySelector("[data-put-back]").addEventListener("click", () => {
      found.hidden = true;
      localStorage.removeItem(key);
      putBack(entry);
    });
    found.querySelector("[data-drop]").addEventListener("click", () => {
      found.hidden = true;
      localStorage.removeItem(key);
    });
  }
};

if (editor && form) keeping();
