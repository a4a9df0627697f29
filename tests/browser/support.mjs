// What the journeys stand on: a browser, the pages' address, the mails, and the judge of accessibility.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import PostalMime from 'postal-mime';

export const BASE = process.env.PARVIS_URL;
const MAILS = process.env.PARVIS_MAILS;
const SCRATCH = process.env.PARVIS_SCRATCH;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots go, when somebody wants them. */
const SHOTS = process.env.PARVIS_SHOTS;

export const CARD = '4242424242424242', DECLINED = '4000000000000002', SILENT = '4000000000000259';
export const PASSWORD = 'parvis-demo';

/** A browser of its own, closed at the end of `journey`. A page that fails to load something or throws fails the test. */
export async function browse(options, journey) {
  const { args = [], permitted = [], ...context } = options;
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', ...args] });
  const faults = [];
  try {
    const opened = await browser.newContext({ viewport: { width: 390, height: 800 }, locale: 'fr', reducedMotion: 'reduce', ...context });
    const page = await opened.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    page.on('console', (message) => { if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text()); });
    page.on('request', (request) => { if (!request.url().startsWith(BASE) && !/^(data|blob):/.test(request.url())) faults.push(`asks somebody else: ${request.url()}`); });
    page.on('response', (response) => { if (response.status() >= 400 && !permitted.includes(response.status())) faults.push(`${response.status()} ${response.url()}`); });
    await journey(page, opened).catch(async (error) => {
      // What was on the screen tells more than a timeout.
      await page.screenshot({ path: join(SCRATCH, `failed-${process.pid}.png`) });
      throw error;
    });
  } finally {
    await browser.close();
  }
  assert.deepEqual(faults, []);
}

/** Nothing that axe-core finds wrong (WCAG 2.2 AA), in light and in dark, where nothing but colours differs. */
export async function accessible(page, name) {
  const judged = { light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };
  for (const [colorScheme, runOnly] of Object.entries(judged)) {
    await page.emulateMedia({ colorScheme });
    // Scripts of pages run under the policy of the page; the judge is let in from outside.
    if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(AXE);
    const found = await page.evaluate(async (rules) => {
      const { violations } = await window.axe.run(document, { runOnly: rules, resultTypes: ['violations'], preload: false });
      return violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => `${node.target} (${node.any[0]?.message ?? node.failureSummary})`).slice(0, 4).join(' | ')}`);
    }, runOnly);
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** No page scrolls sideways on a phone, and no words lie over what is beside them. */
export async function fits(page, name) {
  const { wide, room, out } = await page.evaluate(() => {
    const { scrollWidth: wide, clientWidth: room } = document.documentElement;
    const out = [...document.querySelectorAll('h1,h2,h3,p,dt,dd,.btn,.badge,.price')].filter((here) => here.checkVisibility() && here.clientWidth > 1 && here.scrollWidth > here.clientWidth + 1 && getComputedStyle(here).display !== 'inline');
    const beyond = wide <= room ? [] : [...document.querySelectorAll('body *')].filter((here) => !here.children.length && (here.getBoundingClientRect().right > room + 1 || here.getBoundingClientRect().left < -1));
    return { wide, room, out: [...beyond, ...out].slice(0, 4).map((here) => `${here.tagName}.${here.className} ${here.textContent.trim().slice(0, 40)}`) };
  });
  assert.ok(wide <= room, `${name} is ${wide} wide in ${room}: ${out.join(', ')}`);
  assert.deepEqual(out, [], `${name}: words stick out`);
}

/** A screenshot for `docs/screens`, if they are being made. */
export async function shot(page, name) {
  if (!SHOTS) return;
  const { width } = page.viewportSize();
  await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
}

/** The newest mail to an address whose subject or text matches; waits for it. */
export async function mail(to, match) {
  for (let tries = 0; tries < 300; tries++) {
    for (const file of readdirSync(MAILS, { withFileTypes: true }).filter((f) => f.name.endsWith('.eml')).map((f) => f.name).sort().reverse()) {
      const parsed = await PostalMime.parse(readFileSync(join(MAILS, file)));
      if (parsed.to?.some((address) => address.address.toLowerCase() === to.toLowerCase()) && (!match || match.test(parsed.subject) || match.test(parsed.text))) return parsed;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no mail to ${to} like ${match}`);
}

/** The first address in a mail that contains `part`. */
export const link = (message, part) => message.text.match(new RegExp(`http\\S*${part}\\S*`))[0];

/** Calls the API. */
export async function api(method, path, { token, body } = {}) {
  const answer = await fetch(BASE + path, {
    method, headers: { 'content-type': 'application/json', 'accept-language': 'fr', ...(token && { authorization: `Bearer ${token}` }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** An order that waits for its payment, through the API. */
export async function ordered(event, type, buyer = {}, quantity = 1, attendees) {
  const order = await api('POST', '/api/orders', { body: { event, buyer: { email: 'idir@example.org', first_name: 'Idir', last_name: 'Benali', locale: 'fr', ...buyer }, lines: [{ ticket_type: type, quantity, attendees }] } });
  if (order.status === 'paid') return { order };
  const { payment } = await api('POST', `/api/orders/${order.id}/pay?secret=${order.secret}`, { body: { provider: 'sandbox' } });
  return { order, payment };
}

/** A paid order with its tickets, through the API. */
export async function paid(event, type, ...rest) {
  const { order, payment } = await ordered(event, type, ...rest);
  if (payment) await api('POST', `/api/payments/sandbox/${payment.id}/authorize`, { body: { card_number: CARD } });
  const { results: tickets } = await api('GET', `/api/orders/${order.id}/tickets?secret=${order.secret}`);
  return { order, tickets };
}

/** A paid order for an event of the demo. */
export async function bought(search, buyer = {}, quantity = 1) {
  const { results: [event] } = await api('GET', `/api/catalog/events?search=${search}`);
  const { ticket_types: [kind] } = await api('GET', `/api/catalog/events/${event.id}`);
  return { event, ...await paid(event.id, kind.id, buyer, quantity) };
}

/** A name that nothing else on this server has. */
let made = 0;
export const unique = (name) => `${name}-${Date.now().toString(36)}${++made}`;

/** Somebody new with a confirmed address, through the API. */
export async function person(name, { first_name = 'Nadia', last_name = 'Benali' } = {}) {
  const email = `${unique(name)}@example.org`;
  await api('POST', '/api/auth/register', { body: { email, password: PASSWORD, first_name, last_name, locale: 'fr' } });
  const token = new URL(link(await mail(email), '/confirm')).searchParams.get('token');
  await api('POST', '/api/auth/confirm', { body: { token } });
  return { email, token: (await api('POST', '/api/auth/login', { body: { email, password: PASSWORD } })).access };
}

/** Somebody new with an organization; the token names it. */
export async function founder(name, { organization = {}, ...who } = {}) {
  const { email, token } = await person(name, who);
  const slug = unique(name);
  const founded = await api('POST', '/api/organizations', { token, body: { name: `Maison ${slug}`, slug, country: 'FR', currency: 'EUR', locale: 'fr', timezone: 'Europe/Paris', ...organization } });
  const { access } = await api('POST', '/api/auth/select-organization', { token, body: { organization: founded.id } });
  return { email, token: access, organization: founded };
}

/** An event of the founder's with one ticket type, published unless told otherwise. */
export async function staged({ token }, { published = true, price = '12.00', size = 20, kind = {}, ...event } = {}) {
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();
  const made = await api('POST', '/api/events', { token, body: { name: unique('Récital'), start_date: day(30), end_date: day(30.1), location: 'Salle Rameau', city: 'Lyon', ...event } });
  const quota = await api('POST', `/api/events/${made.id}/quotas`, { token, body: { name: 'Salle', size } });
  const type = await api('POST', `/api/events/${made.id}/ticket-types`, { token, body: { name: 'Plein tarif', price, quota: quota.id, ...kind } });
  if (published) await api('POST', `/api/events/${made.id}/publish`, { token, body: {} });
  return { ...made, type: type.id, quota: quota.id, desk: `${BASE}/manage/events/${made.id}` };
}

/** Logs somebody of the demo in through the page. */
export async function login(page, email, next = '/my', password = PASSWORD) {
  await page.goto(`${BASE}/login?next=${encodeURIComponent(next)}`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('form button.primary');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Hands on the keyboard alone: `to` goes on until it is there, `press` and `type` act there. Names are looked for in fields' names, labels and words. */
export function keyboard(page) {
  const to = async (wanted) => {
    for (let tabs = 0; tabs < 120; tabs++) {
      if (await page.evaluate((words) => { const here = document.activeElement; return here !== document.body && new RegExp(words).test(`${here.getAttribute('name') ?? ''} ${here.getAttribute('aria-label') ?? ''} ${here.textContent.trim()}`); }, wanted)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${wanted}`);
  };
  return {
    to,
    // A page gives the focus to its first field once it is drawn: whoever types before that types into nothing.
    begun: () => page.waitForFunction(() => document.activeElement !== document.body),
    type: async (field, value) => { await to(`^${field} `); await page.keyboard.type(value); },
    press: async (words, leads) => { await to(` (${words})$`); await page.keyboard.press('Enter'); await page.waitForURL(leads); },
  };
}

/** A photograph, as a camera's file: made by the browser itself. */
export async function picture(page, [width, height] = [960, 540]) {
  const base64 = await page.evaluate(([wide, high]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: wide, height: high }), ink = canvas.getContext('2d');
    for (let x = 0; x < wide; x += 8) { ink.fillStyle = `hsl(${x % 360} 60% 50%)`; ink.fillRect(x, 0, 8, high); }
    return canvas.toDataURL('image/jpeg', .8).split(',')[1];
  }, [width, height]);
  return Buffer.from(base64, 'base64');
}

/** A film for the camera that shows a QR code: raw frames, made of the code's own picture. */
export async function film(browserPage, orderUrl) {
  await browserPage.goto(orderUrl);
  const { path, side } = await browserPage.locator('.qr svg').first().evaluate((svg) => ({ path: svg.querySelector('path:last-child').getAttribute('d'), side: svg.viewBox.baseVal.width }));
  const width = 640, height = 480, scale = Math.floor(440 / side), left = (width - side * scale) >> 1, top = (height - side * scale) >> 1;
  const luma = Buffer.alloc(width * height, 235);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = 0; row < scale; row++) luma.fill(16, (top + +y * scale + row) * width + left + +x * scale, (top + +y * scale + row) * width + left + (+x + +run) * scale);
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(width * height / 2, 128)]);
  const file = join(SCRATCH, `camera-${process.pid}.y4m`);
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), ...Array(10).fill(frame)]));
  return file;
}
