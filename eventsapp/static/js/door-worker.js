// Opens the door's page without reception. It keeps that page and what it is drawn with, and is
// asked for nothing else.

const CACHE = "door-1";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const keep = async (addresses) => {
  const cache = await caches.open(CACHE);
  await Promise.all(
    addresses.map(async (address) => {
      const answer = await fetch(address, { credentials: "same-origin" });
      // A sign-in page in its place would be of no use at the door.
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
    }),
  );
};

self.addEventListener("message", (event) => {
  const done = keep(event.data.keep).then(() => event.source.postMessage("kept"));
  event.waitUntil(done.catch(() => undefined));
});

const page = async (request) => {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    // Signed out: what was kept of the page goes.
    if (answer.type === "opaqueredirect") await cache.delete(request, { ignoreSearch: true, ignoreVary: true });
    return answer;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
};

const file = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});
