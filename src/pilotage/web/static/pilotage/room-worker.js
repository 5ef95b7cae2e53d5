// Keeps the run-sheet's own page and what it is made of, so that it outlives a reload without a network. The network comes
// first; what is kept is emptied by any page that is seen after signing out (base.js).
const KEPT = "pilotage-room";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// What is kept knows since when; the page is told how old it is, and its times go on from there.
async function dated(answer) {
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", String(Date.now()));
  return new Response(await answer.blob(), { headers });
}

async function aged(kept) {
  if (!kept.headers.get("Content-Type")?.startsWith("text/html")) return kept;
  const age = Math.round((Date.now() - Number(kept.headers.get("X-Kept-At"))) / 1000);
  const text = await kept.text();
  return new Response(text.replace('data-age="0"', `data-age="${age}"`), { headers: kept.headers });
}

async function fresh(request) {
  const store = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && !answer.redirected) await store.put(request.url, await dated(answer.clone()));
    if (answer.redirected || answer.type === "opaqueredirect") await caches.delete(KEPT);
    return answer;
  } catch (lost) {
    const kept = await store.match(request.url);
    if (kept) return aged(kept);
    throw lost;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = url.href.split(/[?#]/)[0] === self.registration.scope;
  if (request.method !== "GET" || !(page || url.pathname.startsWith("/static/"))) return;
  event.respondWith(fresh(request));
});
