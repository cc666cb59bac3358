// Keeps one page, and the files it is made of, for when there is no network. The page is the same for
// everybody and holds no person and no child. Everything else passes by untouched.

const SHELF = "mingtian-pairs";
const PAGE = new URL("visit", self.location).pathname;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data && Array.isArray(event.data.keep)) event.waitUntil(keep(event.data.keep, event.source));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  const isPage = request.mode === "navigate" && address.pathname === PAGE;
  const isFile = address.origin === self.location.origin && /\.(css|js|svg)$/.test(address.pathname) && address.pathname.startsWith("/static/");
  if (request.method === "GET" && (isPage || isFile)) event.respondWith(fromNet(request, isPage ? PAGE : request.url));
});

async function fromNet(request, name) {
  try {
    return await fetch(request);
  } catch (unreached) {
    const kept = await (await caches.open(SHELF)).match(name);
    if (kept) return kept;
    throw unreached;
  }
}

// All or nothing, and never the sign-in page in its place. The page, named first, is put down last:
// where it stands, all that it is made of stands too. Then the page that asked is told.
async function keep([page, ...files], teller) {
  const shelf = await caches.open(SHELF);
  const addresses = [...files, page];
  const got = await Promise.all(addresses.map(async (address) => [address, await fetch(address, { cache: "no-cache" })]));
  if (got.some(([, reply]) => !reply.ok || reply.redirected)) return;
  const names = new Set(addresses.map((address) => new URL(address, self.location).href));
  for (const [address, reply] of got) await shelf.put(address, reply);
  for (const old of await shelf.keys()) if (!names.has(old.url)) await shelf.delete(old);
  if (teller) teller.postMessage({ kept: page });
}
