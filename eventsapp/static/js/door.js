// The door: codes are typed or seen by the camera, kept on this phone, and sent when there is
// reception. Each scan has a key of its own, so that sent twice it is one scan.

import { decodeQR } from "../vendor/qr-0.7.0/decode.js";

const door = document.querySelector("[data-door]");
const field = document.querySelector("[data-code]");
const find = (name) => door.querySelector(`[${name}]`);
const word = (name) => find(`data-word="${name}"`).textContent;
const CODE = /^[A-Z0-9]{6}$/;
const BATCH = 50;
const AGAIN_MS = 15_000;
const SAME_CODE_MS = 4_000;

// What waits, and whom this phone knows.
const store = await new Promise((resolve, reject) => {
  const opening = indexedDB.open(`door-${door.dataset.door}`, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("scans", { keyPath: "key" });
    opening.result.createObjectStore("people", { keyPath: "code" });
  };
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
});

const inside = (table, mode, act) =>
  new Promise((resolve, reject) => {
    const work = store.transaction(table, mode);
    const asked = act(work.objectStore(table));
    work.oncomplete = () => resolve(asked?.result);
    work.onerror = work.onabort = () => reject(work.error);
  });
const waiting = async () =>
  (await inside("scans", "readonly", (scans) => scans.getAll())).sort((a, b) => a.at - b.at);
const keep = (scan) => inside("scans", "readwrite", (scans) => scans.put(scan));
const drop = (key) => inside("scans", "readwrite", (scans) => scans.delete(key));
// Signed out, this phone knows nobody any more; what waits stays, and holds codes only.
const forget = () => inside("people", "readwrite", (people) => people.clear());
const person = (code) => inside("people", "readonly", (people) => people.get(code));

// What is said
const say = (name, shown) => (find(`data-say="${name}"`).hidden = !shown);
const show = async (state) => {
  const count = (await waiting()).length;
  for (const place of door.querySelectorAll("[data-waiting]")) place.textContent = count;
  say("signed-out", state === "signed-out" && count > 0);
  say("waiting", state === "offline" && count > 0);
  say("sent", count === 0);
};
const count = ({ there, expected }) => {
  const words = word("count").replace("{there}", there).replace("{expected}", expected);
  document.querySelector("[data-door-count]").textContent = words;
};

const lines = new Map();
const tell = (key, { name, words, tone, at }) => {
  let line = lines.get(key);
  if (!line) {
    line = find("data-line").content.firstElementChild.cloneNode(true);
    line.dataset.key = key;
    lines.set(key, line);
    find("data-log").prepend(line);
    while (find("data-log").children.length > 20) find("data-log").lastElementChild.remove();
  }
  line.dataset.tone = tone;
  line.querySelector(".door__name").textContent = name;
  line.querySelector(".door__words").textContent = words;
  const time = new Date(at);
  line.querySelector("time").dateTime = time.toISOString();
  line.querySelector("time").textContent = time.toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
  });
  return line;
};

const offerUndo = (line, { undo, record }) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = undo;
  for (const [name, value] of [["record", record], ["from", "door"], ["csrf_token", token]]) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  const button = document.createElement("button");
  button.className = "button button--plain";
  button.textContent = word("undo");
  form.append(button);
  line.append(form);
};

// Sending
let token = document.querySelector("[name='csrf_token']").value;
let sending = false;

const learn = async () => {
  const answer = await fetch(door.dataset.list, { redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    await forget();
    return "signed-out";
  }
  if (!answer.ok) return "offline";
  const list = await answer.json();
  token = list.token;
  count(list);
  await inside("people", "readwrite", (people) => {
    people.clear();
    for (const one of list.people) people.put(one);
  });
  return "online";
};

const post = (scans) =>
  fetch(door.dataset.scans, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({
      scans: scans.map(({ key, code, at }) => ({
        key,
        code,
        age: Math.max(0, Math.round((Date.now() - at) / 1000)),
      })),
    }),
  });

const receive = async (result, scan) => {
  await drop(result.key);
  const known = result.state === "refused" ? await person(scan.code) : null;
  const line = tell(result.key, {
    name: result.name ?? known?.name ?? scan.code,
    words: result.message ?? word(result.state),
    tone: { new: "good", known: "wait", refused: "bad" }[result.state],
    at: scan.at,
  });
  if (result.state === "new") offerUndo(line, result);
};

const sendBatch = async (scans) => {
  const answer = await post(scans);
  // A refused token means that somebody signed in again since: with a new one it goes on.
  if (answer.status === 400) return (await learn()) === "online" ? "again" : "signed-out";
  if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
    await forget();
    return "signed-out";
  }
  if (!answer.ok) return "offline";
  const { results, ...counts } = await answer.json();
  for (const result of results) await receive(result, scans.find((scan) => scan.key === result.key));
  count(counts);
  return "online";
};

const send = async () => {
  if (sending) return;
  sending = true;
  let state = "online";
  let tries = 0;
  try {
    for (let scans = await waiting(); scans.length && tries < 2; scans = await waiting()) {
      state = await sendBatch(scans.slice(0, BATCH));
      if (state === "again") tries += 1;
      else if (state !== "online") break;
    }
  } catch {
    state = "offline";
  } finally {
    sending = false;
  }
  await show(state);
};

// Scanning
const scan = async (code) => {
  const at = Date.now();
  const key = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].join("-");
  const known = await person(code);
  await keep({ key, code, at });
  tell(key, {
    name: known?.name ?? code,
    words: known ? word("kept") : word("unknown"),
    tone: known ? "kept" : "wait",
    at,
  });
  navigator.vibrate?.(60);
  await send();
};

field.form.addEventListener("submit", (event) => {
  const code = field.value.toUpperCase().replace(/[^A-Z0-9]/g, "");
  // What is no code is answered by the page itself, beside the field.
  if (!CODE.test(code)) return;
  event.preventDefault();
  field.value = "";
  field.focus();
  scan(code);
});

const codeIn = (seen) => {
  const link = /^https?:\/\/[^/]+(\/[^#?]*)(?:\?[^#]*)?#([A-Za-z0-9]{6})$/.exec(seen);
  if (link) return link[1] === door.dataset.page ? link[2].toUpperCase() : "elsewhere";
  return CODE.test(seen.toUpperCase()) ? seen.toUpperCase() : null;
};

let seenLast = { code: "", at: 0 };
const see = (seen) => {
  const code = codeIn(seen);
  if (!code || (code === seenLast.code && Date.now() - seenLast.at < SAME_CODE_MS)) return;
  seenLast = { code, at: Date.now() };
  if (code !== "elsewhere") scan(code);
  else tell("elsewhere", { name: "", words: word("elsewhere"), tone: "bad", at: Date.now() });
};

const video = find("data-video");
const canvas = document.createElement("canvas");
const look = () => {
  if (video.hidden) return;
  if (video.videoWidth) {
    const scale = Math.min(1, 720 / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      see(decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height)));
    } catch {
      // No code in this frame.
    }
  }
  setTimeout(look, 200);
};

const watch = (isOn) => {
  video.hidden = !isOn;
  find("data-camera").hidden = isOn;
  find("data-camera-stop").hidden = !isOn;
};
find("data-camera").addEventListener("click", async () => {
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment" },
    });
    await video.play();
    watch(true);
    say("no-camera", false);
    look();
  } catch {
    say("no-camera", true);
  }
});
find("data-camera-stop").addEventListener("click", () => {
  for (const track of video.srcObject.getTracks()) track.stop();
  watch(false);
});

// Beginning
door.hidden = false;
find("data-camera").hidden = !navigator.mediaDevices?.getUserMedia;
for (const { key, code, at } of await waiting()) {
  const known = await person(code);
  tell(key, { name: known?.name ?? code, words: word("kept"), tone: "kept", at });
}
await learn().catch(() => "offline");
await send();
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
setInterval(async () => (await waiting()).length && send(), AGAIN_MS);

if (navigator.serviceWorker) {
  navigator.serviceWorker.addEventListener("message", () => say("ready", true));
  await navigator.serviceWorker.register(door.dataset.worker, { scope: door.dataset.page });
  const { active } = await navigator.serviceWorker.ready;
  const drawn = performance
    .getEntriesByType("resource")
    .map((one) => one.name)
    .filter((name) => new URL(name).pathname.startsWith("/static/"));
  active.postMessage({ keep: [door.dataset.page, ...new Set(drawn)] });
}
door.dataset.ready = "";
