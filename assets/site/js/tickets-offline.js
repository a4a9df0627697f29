// Keeps the pages of orders that were opened, so that a ticket shows in a hall without reception.
const CACHE = 'tickets-1';
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const kept = url.pathname.startsWith('/assets/');
  const page = url.pathname.startsWith('/orders/') && !/\.(pdf|ics)$/.test(url.pathname) && !url.search;
  if (!kept && !page) return;
  event.respondWith((async () => {
    const cache = await caches.open(CACHE), known = await cache.match(request);
    if (kept && known) return known;
    try {
      const answer = await fetch(request);
      if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      if (known) return known;
      throw error;
    }
  })());
});
