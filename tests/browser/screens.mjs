// Pictures of every page, of paper and of mail, for `docs/screens`: `make screens`, or `node screens.mjs <folder> [part of a name]`.
// It serves a demo of its own, fills it as people would, and looks at each page on a phone and on a desk.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import PostalMime from 'postal-mime';

const ROOT = resolve(import.meta.dirname, '../..');
const [FOLDER = join(ROOT, 'docs/screens'), ONLY = ''] = process.argv.slice(2);
const CARD = '4242424242424242', DECLINED = '4000000000000002', PASSWORD = 'parvis-demo';
const PHONE = 390, DESK = 1280, TALLEST = 1600;

/** Every page in French; what changes with the script or the light, also in Arabic and in the dark. */
const ROUNDS = [
  { width: PHONE, lang: 'fr' }, { width: DESK, lang: 'fr' },
  { width: PHONE, lang: 'ar', only: /^(catalogue|event|checkout|order|ticket|login|sales|manage-home|participants|event-edit|gate-granted)$/ },
  { width: DESK, lang: 'ar', only: /^(event|order|sales|manage-home)$/ },
  { width: PHONE, lang: 'fr', dark: true, only: /^(catalogue|event|checkout|order|sales|orders)$/ },
  { width: DESK, lang: 'fr', dark: true, only: /^(event|order|sales|event-edit)$/ },
];

// --- A demo that has sold something ------------------------------------------------------------------------------

const port = await new Promise((done) => { const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); }); });
const BASE = `http://127.0.0.1:${port}`;

async function serve() {
  const program = process.env.PARVIS ? resolve(process.env.PARVIS) : ['release', 'debug'].map((kind) => join(ROOT, 'target', kind, 'parvis')).find(existsSync);
  assert.ok(program, 'build first: cargo build');
  const data = mkdtempSync(join(tmpdir(), 'parvis-screens-'));
  const server = spawn(program, ['serve', '--demo'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PARVIS__DATA_DIR: data, PARVIS__HTTP__LISTEN: `127.0.0.1:${port}`, PARVIS__LIMITS__RATE: 'off', PARVIS__LOG__FILTER: 'error' } });
  for (let tries = 0; tries < 600; tries++) {
    assert.equal(server.exitCode, null, 'the server ended');
    const events = await fetch(`${BASE}/api/catalog/events`).then((answer) => answer.json()).catch(() => null);
    if (events?.count >= 3) break;
    await new Promise((done) => setTimeout(done, 200));
  }
  return { data, stop: () => new Promise((done) => { server.once('exit', done); server.kill('SIGTERM'); }) };
}

async function api(method, path, token, body) {
  const answer = await fetch(BASE + path, { method, headers: { 'content-type': 'application/json', 'accept-language': 'fr', ...(token && { authorization: `Bearer ${token}` }) }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** An order of `count` tickets of the event's type number `kind`; `paid` unless told otherwise. */
async function buy(event, [first_name, last_name, email], { kind = 0, count = 1, paid = true, locale = 'fr', attendees = [] } = {}) {
  const { ticket_types: types } = await api('GET', `/api/catalog/events/${event.id}`);
  const order = await api('POST', '/api/orders', null, { event: event.id, buyer: { email, first_name, last_name, locale }, lines: [{ ticket_type: types[kind].id, quantity: count, ...(attendees.length && { attendees: attendees.map(([first_name, last_name]) => ({ first_name, last_name })) }) }] });
  if (paid && order.status !== 'paid') {
    const { payment } = await api('POST', `/api/orders/${order.id}/pay?secret=${order.secret}`, null, { provider: 'sandbox' });
    await api('POST', `/api/payments/sandbox/${payment.id}/authorize`, null, { card_number: CARD });
  }
  const tickets = paid ? (await api('GET', `/api/orders/${order.id}/tickets?secret=${order.secret}`)).results : [];
  return { ...order, tickets, path: `/orders/${order.id}` };
}

const BUYERS = [
  ['Amina', 'Belkacem'], ['Louis', 'Garnier'], ['Samira', 'Cherif'], ['Hélène', 'Dubois'], ['Karim', 'Haddad'], ['Odile', 'Faure'],
  ['Marie-Antoinette Joséphine', 'de La Rochefoucauld-Montmorency'], ['فاطمة الزهراء', 'بوزيد'], ['Thomas', 'Lefèvre'], ['Inès', 'Martin'],
  ['Paul', 'Renaud'], ['Nour', 'El Amrani'], ['Jean', 'Petit'], ['Zoé', 'Roux'], ['Bruno', 'Caron'], ['Leïla', 'Mansouri'],
];

async function fill() {
  const { access: token } = await api('POST', '/api/auth/login', null, { email: 'owner@demo.parvis.test', password: PASSWORD });
  const { results: events } = await api('GET', '/api/events', token);
  const concert = events.find((event) => /Concert/.test(event.name)), summit = events.find((event) => /numérique/.test(event.name));
  const orders = [];
  for (const [index, [first, last]] of BUYERS.entries()) {
    const email = index === 6 ? 'marie-antoinette.de-la-rochefoucauld-montmorency@mediatheque-intercommunale.example.org' : `acheteur${index}@example.org`;
    orders.push(await buy(concert, [first, last, email], { kind: index % 2, count: 1 + index % 2, paid: index !== 5, locale: index === 7 ? 'ar' : 'fr' }));
  }
  for (const order of orders.slice(0, 4)) await api('POST', '/api/checkin', token, { event: concert.id, qr_data: order.tickets[0].qr_data, gate: 'Portail nord' });
  await api('POST', `/api/orders/${orders[9].id}/refunds`, token, { tickets: [orders[9].tickets[0].id], reason: 'Malade le jour du concert' });
  const draft = await api('POST', '/api/events', token, { name: 'Atelier d’écriture dans le jardin de la médiathèque, au printemps', category: 'workshop', city: 'Lyon', start_date: `${new Date(Date.now() + 120 * 864e5).toISOString().slice(0, 10)}T09:00:00+01:00`, end_date: `${new Date(Date.now() + 120 * 864e5).toISOString().slice(0, 10)}T12:00:00+01:00` });
  const { results: types } = await api('GET', `/api/events/${concert.id}/ticket-types`, token);
  const family = await buy(concert, ['Camille', 'Rousseau', 'camille@example.org'], { count: 2, attendees: [['Camille', 'Rousseau'], ['Idir', 'Benali']] });
  const arabic = await buy(concert, ['فاطمة الزهراء', 'بوزيد', 'fatima@example.org'], { locale: 'ar' });
  const pending = await buy(concert, ['Camille', 'Rousseau', 'camille@example.org'], { paid: false });
  return { token, concert, summit, draft, type: types[0], family, arabic, pending, named: orders[6], partly: orders[9] };
}

// --- The pages ---------------------------------------------------------------------------------------------------

const look = (name, path, who) => ({ name, who, go: (page) => page.goto(BASE + path) });
const press = (page, words) => Promise.all([page.waitForNavigation(), page.locator(words).first().click()]);

/** A purchase by hand, up to where `stop` says. */
async function purchase(page, { concert }, stop) {
  await page.goto(`${BASE}/events/${concert.slug}`);
  for (let more = 0; more < 2; more++) await page.locator('button[name=more]').first().click();
  await press(page, '.pay button.primary, .dock button.primary');
  if (stop === 'checkout') return;
  for (const [name, value] of [['first_name', 'Camille'], ['last_name', 'Rousseau'], ['email', stop === 'refused' ? 'camille@example' : 'camille@example.org']]) await page.fill(`[name="buyer/${name}"]`, value);
  await page.check('[name=consent]');
  await press(page, '#f button.primary');
  if (stop !== 'declined') return;
  await page.fill('[name=card_number]', DECLINED);
  await press(page, 'form button.primary');
}

async function scan(page, { concert }, code) {
  await page.goto(`${BASE}/scan/${concert.id}?gate=Portail+nord`);
  if (!code) return;
  await page.fill('#qr', code);
  await page.locator('#scan button').click();
  await page.locator('#verdict .told').waitFor();
}

function pages(shown) {
  const { concert, draft, type, family, pending, named, partly } = shown;
  const event = `/manage/events/${concert.id}`, owner = 'owner', controller = 'controller';
  const entering = async () => (await buy(concert, ['Leïla', 'Mansouri', 'leila@example.org'])).tickets[0].qr_data;
  const order = (to) => `${to.path}?secret=${to.secret}`;
  return [
    look('catalogue', '/'), look('catalogue-nothing', '/?search=licorne'), look('catalogue-narrowed', '/?search=concrt&when=month&price_max=90'), look('organization', '/o/amis-du-theatre'),
    look('event', `/events/${concert.slug}`),
    { name: 'checkout', go: (page) => purchase(page, shown, 'checkout') },
    { name: 'checkout-refused', go: (page) => purchase(page, shown, 'refused') },
    { name: 'card', go: (page) => purchase(page, shown, 'card') },
    { name: 'card-declined', go: (page) => purchase(page, shown, 'declined') },
    look('order', order(family)), look('order-pending', order(pending)), look('order-refunded', order(partly)),
    { name: 'ticket', go: async (page) => { await page.goto(BASE + order(family)); await page.goto(`${BASE}${family.path}/tickets/${family.tickets[0].id}`); } },
    look('find', '/find'),
    { name: 'find-sent', go: async (page) => { await page.goto(`${BASE}/find`); await page.fill('[name=email]', 'camille@example.org'); await press(page, 'form button.primary'); } },
    look('my', '/my', 'participant'),
    look('login', '/login'), look('signup', '/signup'), look('reset', '/reset'), look('profile', '/profile', 'participant'), look('account-security', '/account/security', 'participant'), look('account-second-factor', '/account/second-factor', 'participant'), look('account-data', '/account/data', 'participant'), look('account-sessions', '/account/sessions', 'participant'),
    { name: 'login-refused', go: async (page) => { await page.goto(`${BASE}/login`); await page.fill('[name=email]', 'nobody@example.org'); await page.fill('[name=password]', 'not the password'); await press(page, 'main button.primary'); } },
    look('start', '/manage/start', 'participant'),
    look('manage-home', '/manage', owner), look('event-new', '/manage/events/new', owner),
    look('postpone', `${event}/postpone`, owner), look('overview', event, owner), look('overview-draft', `/manage/events/${draft.id}`, owner),
    look('event-edit', `${event}/edit`, owner), look('tickets', `${event}/tickets`, owner), look('tickets-none', `/manage/events/${draft.id}/tickets`, owner),
    look('type', `${event}/tickets/${type.id}`, owner), look('preview', `/manage/events/${draft.id}/preview`, owner),
    look('sales', `${event}/sales`, owner), look('sales-none', `/manage/events/${draft.id}/sales`, owner),
    look('orders', `${event}/orders`, owner), look('orders-none', `/manage/events/${draft.id}/orders`, owner), look('orders-nothing', `${event}/orders?search=licorne`, owner),
    look('desk-order', `${event}/orders/${family.id}`, owner), look('desk-order-long', `${event}/orders/${named.id}`, owner), look('desk-order-refunded', `${event}/orders/${partly.id}`, owner),
    look('refund', `${event}/orders/${family.id}/refund`, owner),
    { name: 'refund-review', who: owner, go: async (page) => { await page.goto(`${BASE}${event}/orders/${family.id}/refund`); await page.fill('[name=reason]', 'Ne peut plus venir'); await press(page, 'main button.primary'); } },
    look('by-hand', `${event}/orders/new`, owner), look('team', `${event}/team`, owner), look('files', `${event}/files`, owner), look('duplicate', `${event}/duplicate`, owner), look('participants', `${event}/participants`, owner),
    look('event-cancel', `${event}/cancel`, owner),
    look('settings', '/manage/settings', owner), look('members', '/manage/members', owner),
    look('keys', '/manage/settings/keys', owner), look('audit', '/manage/settings/audit', owner), look('closing', '/manage/settings/closing', owner),
    look('gate-choose', '/scan', controller),
    { name: 'gate', who: controller, go: (page) => scan(page, shown) },
    { name: 'gate-granted', who: controller, go: async (page) => scan(page, shown, await entering()) },
    { name: 'gate-already', who: controller, go: async (page) => { const code = await entering(); await scan(page, shown, code); await scan(page, shown, code); } },
    { name: 'gate-refused', who: controller, go: (page) => scan(page, shown, 'ABC') },
    { name: 'gate-search', who: controller, go: (page) => page.goto(`${BASE}/scan/${concert.id}?search=mansouri`) },
    look('missing', '/events/nowhere'), look('forbidden', `${event}/sales`, 'rival'),
  ];
}

const ADDRESSES = { owner: 'owner@demo.parvis.test', controller: 'controller@demo.parvis.test', participant: 'participant@demo.parvis.test', rival: 'owner@rival.parvis.test' };

/** A browser's window for somebody, logged in unless nobody. */
async function window(browser, { width, lang, dark }, who) {
  const phone = width < 600;
  const context = await browser.newContext({ viewport: { width, height: phone ? 844 : 800 }, locale: lang, colorScheme: dark ? 'dark' : 'light', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', isMobile: phone, hasTouch: phone });
  const page = await context.newPage();
  if (who) {
    await page.goto(`${BASE}/login?lang=${lang}`);
    await page.fill('[name=email]', ADDRESSES[who]);
    await page.fill('[name=password]', PASSWORD);
    await press(page, 'main button.primary');
  } else await page.goto(`${BASE}/?lang=${lang}`);
  return { page, devtools: await context.newCDPSession(page) };
}

/** What is wider than its window is told, not shown. */
async function shoot({ page, devtools }, file) {
  await page.waitForLoadState('networkidle');
  const { wide, room, tall } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: document.documentElement.clientWidth, tall: document.documentElement.scrollHeight }));
  if (wide > room) console.warn(`${file}: ${wide} px wide in ${room}`);
  // As if the window were as tall as the page: what sticks to its edges is then where it ends.
  const window = page.viewportSize(), height = Math.min(Math.max(tall, window.height), TALLEST);
  await page.setViewportSize({ ...window, height });
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 32 });
  await page.setViewportSize(window);
  writeFileSync(join(FOLDER, file), Buffer.from(data, 'base64'));
}

/** The tickets on paper, in both sizes and both directions. */
async function paper(browser, { family, arabic }) {
  const page = await (await browser.newContext({ viewport: { width: 620, height: 877 } })).newPage();
  for (const [lang, order] of [['fr', family], ['ar', arabic]]) {
    for (const size of ['a4', 'a6']) {
      const name = `paper-${size}-${lang}`;
      const pdf = Buffer.from(await (await fetch(`${BASE}/api/tickets/${order.tickets[0].id}/pdf?secret=${order.secret}&size=${size}`)).arrayBuffer());
      const scratch = mkdtempSync(join(tmpdir(), 'parvis-paper-'));
      writeFileSync(join(scratch, 'ticket.pdf'), pdf);
      execFileSync('pdftoppm', ['-png', '-r', size === 'a4' ? '75' : '110', join(scratch, 'ticket.pdf'), join(scratch, 'page')]);
      const picture = readdirSync(scratch).filter((file) => file.endsWith('.png')).map((file) => join(scratch, file))[0];
      await page.goto(`file://${picture}`);
      const { width, height } = await page.evaluate(() => ({ width: document.images[0].naturalWidth, height: document.images[0].naturalHeight }));
      await page.setViewportSize({ width, height });
      const { data } = await (await page.context().newCDPSession(page)).send('Page.captureScreenshot', { format: 'webp', quality: 60 });
      writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(data, 'base64'));
      rmSync(scratch, { recursive: true });
    }
  }
}

/** The mail with the tickets, as a phone and a desk show it. */
async function mail(browser, folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  const messages = await Promise.all(files.map((file) => PostalMime.parse(readFileSync(join(folder, file)))));
  for (const [lang, to] of [['fr', 'camille@example.org'], ['ar', 'fatima@example.org']]) {
    const message = messages.find(({ to: [address], attachments }) => address.address === to && attachments.length);
    for (const width of [PHONE, 700]) {
      const page = await (await browser.newContext({ viewport: { width, height: 400 } })).newPage();
      await page.setContent(message.html);
      await shoot({ page, devtools: await page.context().newCDPSession(page) }, `mail-${width}-${lang}.webp`);
      await page.context().close();
    }
  }
}

mkdirSync(FOLDER, { recursive: true });
const { data, stop } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const shown = await fill();
  for (const round of ROUNDS) {
    const windows = {};
    for (const { name, who, go } of pages(shown)) {
      if ((round.only && !round.only.test(name)) || !new RegExp(ONLY).test(name)) continue;
      const file = `${name}-${round.width}-${round.lang}${round.dark ? '-dark' : ''}.webp`;
      try {
        windows[who ?? ''] ??= await window(browser, round, who);
        await go(windows[who ?? ''].page);
        await shoot(windows[who ?? ''], file);
      } catch (error) {
        throw new Error(`${file}: ${error.message}`);
      }
    }
    for (const { page } of Object.values(windows)) await page.context().close();
  }
  if (new RegExp(ONLY).test('paper')) await paper(browser, shown);
  if (new RegExp(ONLY).test('mail')) await mail(browser, join(data, 'mail'));
} finally {
  await browser.close();
  await stop();
  rmSync(data, { recursive: true, force: true });
}
console.log(`${readdirSync(FOLDER).length} pictures in ${FOLDER}`);
