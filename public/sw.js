/**
 * One duty: when a page cannot be fetched, show the offline page. Nothing else is kept: no answers of the API, no
 * pages, nothing that belongs to a person. The offline page itself is the same for everyone.
 */
const store = "offline-2";
const page = "/offline";

/**
 * The one script of the kept page: it goes on to where the person was going as soon as the server answers. The browser's
 * own word ("online") is heard at once; that a server is back has no sign, so it is asked every few seconds.
 */
const comeBack = `
  const look = () => fetch("/api/health", { cache: "no-store" }).then((answer) => answer.ok && location.reload(), () => {});
  addEventListener("online", look);
  setInterval(look, 4000);
`;

/** What the kept page may do: look right and come back. */
async function policyOf() {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(comeBack));
  const script = btoa(String.fromCharCode(...new Uint8Array(hash)));
  return `default-src 'none'; script-src 'sha256-${script}'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'`;
}

/** The page with the style sheets it names. Its scripts go: without a network only some of them would come. */
async function keepOfflinePage() {
  const cache = await caches.open(store);
  const answer = await fetch(page, { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error(`offline page: ${answer.status}`);
  const plain = (await answer.text()).replace(/<script\b[\s\S]*?<\/script>|<link[^>]*as="script"[^>]*>/g, "");
  const html = plain.replace("</body>", `<script>${comeBack}</script></body>`);
  const sheets = html.match(/\/_next\/static\/[^"'\s\\]+\.css/g) ?? [];
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": await policyOf() };
  await cache.put(page, new Response(html, { headers }));
  await cache.addAll([...new Set(sheets)]);
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepOfflinePage().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const clean = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== store).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clean());
});

self.addEventListener("message", (event) => {
  // Sent after the language was changed; if it fails, the old language is better than nothing.
  if (event.data === "keep-offline-page") event.waitUntil(keepOfflinePage().catch(() => undefined));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(page)) ?? Response.error()));
  } else if (request.destination === "style") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
