// Comfort that every page may use. Without it each of these things still works, or is not shown.
const money = (minor, currency, decimals) =>
  new Intl.NumberFormat(document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang === 'ar' ? 'ar-u-nu-latn' : 'fr',
    { style: 'currency', currency, minimumFractionDigits: decimals }).format(minor / 10 ** decimals);

// A button that was clicked is busy until the next page: the second click sends nothing.
addEventListener('submit', (event) => {
  const button = event.submitter;
  // What is downloaded leads to no next page.
  if (event.defaultPrevented || !button || event.target.hasAttribute('data-download')) return;
  setTimeout(() => button.setAttribute('aria-busy', 'true'));
});
// The back button shows the page as it was, but never busy.
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('[aria-busy=true]')) button.removeAttribute('aria-busy');
});

document.querySelector('[data-focus]')?.focus();

// Menus close when something else is meant.
addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) { menu.open = false; menu.querySelector('summary').focus(); }
});

// Quantities: the buttons count here instead of asking the server, and the sum follows.
for (const form of document.querySelectorAll('form[data-total]')) {
  const inputs = [...form.querySelectorAll('input[data-price]')];
  const sum = form.querySelector('[data-sum]'), count = form.querySelector('[data-count]');
  const words = count?.textContent ?? '';
  const update = () => {
    let total = 0, number = 0;
    for (const input of inputs) {
      const quantity = Math.max(0, Number(input.value) || 0);
      total += quantity * Number(input.dataset.price);
      number += quantity;
      const [less, , more] = input.parentElement.children;
      less.disabled = quantity === 0;
      more.disabled = quantity >= Number(input.max);
    }
    if (sum) sum.textContent = money(total, form.dataset.currency, Number(form.dataset.decimals));
    if (count) count.textContent = words.replace(/\d+/, String(number));
  };
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[name=less],button[name=more]');
    if (!button) return;
    event.preventDefault();
    const input = button.parentElement.querySelector('input');
    const least = Number(input.dataset.least) || 1, now = Number(input.value) || 0;
    input.value = button.name === 'more' ? (now === 0 ? Math.min(least, input.max) : Math.min(now + 1, input.max)) : now <= least ? 0 : now - 1;
    update();
  });
  form.addEventListener('input', update);
  update();
}

// The time where the reader is, when that is another one.
for (const note of document.querySelectorAll('[data-zone]')) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone, start = new Date(note.dataset.start);
  const wall = (zone) => start.toLocaleString('en-GB', { timeZone: zone });
  if (!note.dataset.start || wall(here) === wall(note.dataset.zone)) continue;
  const options = { weekday: 'short', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  const { lang } = document.documentElement;
  const words = start.toLocaleString(lang === 'ar' ? 'ar-u-nu-latn' : lang === 'en' ? 'en-GB' : lang, options);
  note.textContent = note.dataset.template.replace('%s', lang === 'fr' ? words.replace(/(\d+):(\d+)$/, '$1\u202fh\u202f$2') : words) + ' · ';
  note.hidden = false;
}

// The tab that is open is in sight, also on a narrow screen.
for (const tab of document.querySelectorAll('.tabs [aria-current]')) {
  const row = tab.parentElement, [inner, outer] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
  row.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}

// Share by the device's own sheet, else by the clipboard.
for (const button of document.querySelectorAll('[data-share]')) {
  if (!navigator.share && !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const data = { title: document.title, url: button.dataset.share };
    if (navigator.share) return navigator.share(data).catch(() => {});
    await navigator.clipboard.writeText(data.url);
    button.querySelector('span').textContent = button.dataset.done;
  });
}

// How long something is still held: the words say until when, this says how long.
for (const clock of document.querySelectorAll('[data-remaining]')) {
  // The server says how long: this device's clock may be wrong.
  const whole = Number(clock.dataset.seconds) || 900, begun = performance.now(), given = Number(clock.dataset.remaining);
  const words = clock.querySelector('[data-left]'), bar = clock.querySelector('progress');
  const tick = () => {
    const left = Math.max(0, Math.round(given - (performance.now() - begun) / 1000));
    if (words) words.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    if (bar) bar.value = Math.min(1, left / whole);
    if (left < 120) clock.classList.add('warn');
    if (left > 0) setTimeout(tick, 1000); else if (clock.dataset.reload) setTimeout(() => location.reload(), 2000);
  };
  if (words) words.closest('[hidden]')?.removeAttribute('hidden');
  tick();
}

// Whoever logs out leaves nothing behind on this device.
addEventListener('submit', (event) => {
  if (event.target.action.endsWith('/logout')) self.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
});

// What is shown once can be taken along with one press.
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const field = document.querySelector(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  });
}
