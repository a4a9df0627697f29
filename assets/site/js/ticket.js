// Tickets are kept for halls without reception, and a code on the whole screen keeps it awake.
navigator.serviceWorker?.register('/sw.js');
const code = document.querySelector('[data-awake]');
if (code && navigator.wakeLock) {
  const wake = () => document.visibilityState === 'visible' && navigator.wakeLock.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', wake);
  wake();
}
