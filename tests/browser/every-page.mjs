// Every page that a browser can open, in French and Arabic on a phone: it fits, the judge finds nothing, it is light.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { before } from 'node:test';
import { BASE, PASSWORD, accessible, api, bought, browse, fits, link, login, mail, ordered, person, staged, unique } from './support.mjs';

/** The routes of `site.rs` that are read rather than sent. */
const ROUTES = [...readFileSync(new URL('../../src/edges/site.rs', import.meta.url), 'utf8').matchAll(/\.at\("([^"]+)", get\(/g)].map(([, route]) => route);

/** What is no page but a document: it comes, and is what it says. */
const DOCUMENTS = {
  '/sw.js': 'javascript', '/events/:slug/calendar.ics': 'text/calendar', '/orders/:id/tickets.pdf': 'application/pdf', '/orders/:id/calendar.ics': 'text/calendar',
  '/manage/events/:id/sales.json': 'application/json', '/manage/events/:id/export': 'text/csv', '/images/:event/:file': 'image/', '/photos/:account/:file': 'image/', '/documents/:event/:file': 'application/pdf', '/assets/:name': 'text/css',
  '/events.rss': 'application/rss+xml', '/events.ics': 'text/calendar', '/o/:slug/events.rss': 'application/rss+xml', '/o/:slug/events.ics': 'text/calendar',
  '/manage/live': 'text/event-stream', '/manage/events/:id/live': 'text/event-stream', '/scan/:event/live': 'text/event-stream', '/robots.txt': 'text/plain', '/sitemap.xml': 'application/xml', '/sitemaps/:part': 'application/xml',
  '/o/:slug/brand.css': 'text/css', '/o/:slug/logo/:file': 'image/',
};

/** Who opens a page, and its address with its parts filled in. */
const GUEST = {
  '/': () => '/', '/o/:slug': () => '/o/amis-du-theatre', '/events/:slug': (it) => `/events/${it.event.slug}`,
  '/events/:slug/checkout': (it) => `/events/${it.event.slug}/checkout?${it.event.type}=1`, '/orders/:id': (it) => `/orders/${it.order.id}?secret=${it.order.secret}`,
  '/orders/:id/tickets/:ticket': (it) => `/orders/${it.order.id}/tickets/${it.tickets[0].id}`, '/pay/sandbox/:payment': (it) => `/pay/sandbox/${it.payment.id}`,
  '/find': () => '/find', '/signup': () => '/signup', '/signup/sent': () => '/signup/sent', '/confirm': () => '/confirm?token=x', '/login': () => '/login', '/login/code': () => '/login/code', '/reset': () => '/reset',
  '/invitation': (it) => `/invitation?token=${it.invitation}`, '/account/keep': () => '/account/keep?token=x', '/account/email-change': () => '/account/email-change?token=x',
};
const MORE = ['/?search=introuvable', '/?search=concrt', '/?category=concert&when=month&price_max=90&ordering=price', '/?price_max=25&currency=DZD', '/?near=45.76,4.83&radius_km=50', '/o/amis-du-theatre?search=hiver', '/reset?token=x', '/invitation?token=x', '/nowhere'];
const OWNER = {
  '/my': '/my', '/profile': '/profile', '/account': '/account', '/account/second-factor': '/account/second-factor', '/account/data': '/account/data', '/account/security': '/account/security', '/account/sessions': '/account/sessions', '/scan': '/scan', '/scan/:event': '/scan/ID?gate=Nord', '/manage': '/manage', '/manage/start': '/manage/start', '/manage/settings': '/manage/settings',
  '/manage/members': '/manage/members', '/manage/members/:id/hand-over': '/manage/members/MEMBER/hand-over', '/manage/settings/keys': '/manage/settings/keys', '/manage/settings/audit': '/manage/settings/audit', '/manage/settings/closing': '/manage/settings/closing',
  '/manage/events/new': '/manage/events/new', '/manage/events/:id': '/manage/events/ID', '/manage/events/:id/edit': '/manage/events/ID/edit',
  '/manage/events/:id/preview': '/manage/events/DRAFT/preview', '/manage/events/:id/tickets': '/manage/events/ID/tickets', '/manage/events/:id/tickets/:type': '/manage/events/ID/tickets/TYPE',
  '/manage/events/:id/sales': '/manage/events/ID/sales', '/manage/events/:id/orders': '/manage/events/ID/orders', '/manage/events/:id/orders/new': '/manage/events/ID/orders/new',
  '/manage/events/:id/orders/:order': '/manage/events/ID/orders/ORDER', '/manage/events/:id/orders/:order/refund': '/manage/events/ID/orders/ORDER/refund',
  '/manage/events/:id/team': '/manage/events/ID/team', '/manage/events/:id/files': '/manage/events/ID/files', '/manage/events/:id/duplicate': '/manage/events/ID/duplicate', '/manage/events/:id/participants': '/manage/events/ID/participants', '/manage/events/:id/cancel': '/manage/events/ID/cancel',
  '/manage/events/:id/postpone': '/manage/events/ID/postpone', '/manage/events/:id/invitations': '/manage/events/PRIVATE/invitations',
};
const OWNER_MORE = ['/manage/settings/audit?area=event&until=2020-01-01', '/manage/events/DRAFT', '/manage/events/TESTED', '/manage/events/MOVED', '/manage/events/PRIVATE/invitations?state=revoked', '/events/TESTED', '/events/MOVED', '/manage/events/DRAFT/orders', '/manage/events/ID/orders/HELD', '/scan/ID?search=rousseau', '/manage/events/ID/orders?search=introuvable', '/manage?search=introuvable', '/orders/ORDER'];
const CONTROLLER = ['/scan', '/scan/ID?gate=Nord', '/manage', '/manage/events/ID', '/my', '/profile'];

const it = {};

before(async () => {
  const { access } = await api('POST', '/api/auth/login', { body: { email: 'owner@demo.parvis.test', password: PASSWORD } });
  const { results: organizations } = await api('GET', '/api/organizations', { token: access });
  const { access: token } = await api('POST', '/api/auth/select-organization', { token: access, body: { organization: organizations[0].id } });
  const { event, order, tickets } = await bought('concert', { email: 'camille@example.org', first_name: 'Camille', last_name: 'Rousseau' }, 2);
  const { ticket_types: [kind] } = await api('GET', `/api/catalog/events/${event.id}`);
  const { order: held, payment } = await ordered(event.id, kind.id, { email: 'camille@example.org' });
  const draft = await staged({ token }, { published: false, name: 'Lectures du soir', description: 'Une **soirée** de lectures.' });
  const invited = `${unique('invitee')}@example.org`;
  await api('POST', `/api/organizations/${organizations[0].id}/invitations`, { token, body: { email: invited, role: 'viewer' } });
  const invitation = new URL(link(await mail(invited), '/invitation')).searchParams.get('token');
  const organization = `/api/organizations/${organizations[0].id}`;
  // A bright brand: whatever stands on it must stay readable.
  await api('PATCH', organization, { token, body: { color: '#e8b800', about: 'Concerts et théâtre depuis 1998.', website: 'https://amis.example.org' } });
  await api('POST', `${organization}/api-keys`, { token, body: { name: 'Portillons', scopes: ['checkin'] } });
  const { results: members } = await api('GET', `${organization}/members`, { token });
  const tested = await staged({ token }, { name: 'Répétition générale' });
  await api('POST', `/api/events/${tested.id}/test-mode`, { token, body: {} });
  const moved = await staged({ token }, { name: 'Récital reporté', contacts: [{ name: 'Lina Morel', role: 'Presse', email: 'presse@example.org', phone: '+33 4 78 00 00 00' }], themes: ['jazz'] });
  await api('POST', `/api/events/${moved.id}/postpone`, { token, body: {} });
  const hidden = await staged({ token }, { name: 'Vernissage', visibility: 'private' });
  await api('POST', `/api/events/${hidden.id}/invitations`, { token, body: { emails: ['lina.mansouri-benali@example.org', 'karim@example.org'] } });
  Object.assign(it, { member: members.find((member) => member.role !== 'owner').id, tested, moved, hidden, invitation, event: { ...event, type: kind.id }, order, tickets, held, payment, draft });
});

const filled = (path) => path.replace('MEMBER', it.member).replace('TESTED', it.tested.id).replace('MOVED', it.moved.id).replace('PRIVATE', it.hidden.id).replace('TYPE', it.event.type).replace('ORDER', it.order.id).replace('HELD', it.held.id).replace('DRAFT', it.draft.id).replace('ID', it.event.id);

/** Everything that is wrong with the pages, told together. */
async function walk(page, paths, langs = ['fr', 'ar'], look = judged) {
  const wrong = [];
  for (const lang of langs) {
    for (const path of paths) {
      const name = `${path}, ${lang}`;
      await page.goto(`${BASE}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.equal(await page.getAttribute('html', 'dir'), lang === 'ar' ? 'rtl' : 'ltr', name);
      await look(page, name).catch((error) => wrong.push(`${name}: ${error.message} ${JSON.stringify(error.actual)}`));
    }
  }
  assert.deepEqual(wrong, []);
}

async function judged(page, name) {
  await fits(page, name);
  // What is folded is judged too, but menus, which lie over the rest.
  await page.evaluate(() => { for (const part of document.querySelectorAll('details:not(.menu)')) part.open = true; });
  await fits(page, `${name}, unfolded`);
  await accessible(page, name);
}

/** The menus of a page, opened one after the other. */
async function unfolded(page, name) {
  for (const menu of await page.locator('details.menu > summary:visible, [popovertarget]:visible').all()) {
    await menu.click();
    await fits(page, `${name}, menu`);
    await accessible(page, `${name}, menu`);
    await page.keyboard.press('Escape');
  }
}

test('every route that is read is on these lists', () => {
  assert.ok(ROUTES.length > 30, 'the routes were not found');
  const known = [...Object.keys(GUEST), ...Object.keys(OWNER), ...Object.keys(DOCUMENTS)];
  assert.deepEqual(ROUTES.filter((route) => !known.includes(route)), [], 'pages that nobody looks at');
  assert.deepEqual(known.filter((route) => !ROUTES.includes(route)), [], 'pages that are gone');
});

test('the pages of visitors and buyers', async () => {
  await browse({ permitted: [404, 422] }, async (page) => {
    await walk(page, [...Object.values(GUEST).map((path) => path(it)), ...MORE]);
    await walk(page, ['/'], ['ar'], unfolded);
  });
});

test('the pages of organizers', async () => {
  await browse({}, async (page) => {
    await login(page, 'owner@demo.parvis.test');
    await walk(page, [...Object.values(OWNER), ...OWNER_MORE].map(filled));
    await walk(page, ['/my', '/manage/events/DRAFT', '/manage/events/ID/orders', '/manage/members', '/manage/settings/keys'].map(filled), ['ar'], unfolded);
  });
});

test('what a refund says before it is done', async () => {
  await browse({}, async (page) => {
    await login(page, 'owner@demo.parvis.test');
    for (const lang of ['fr', 'ar']) {
      await page.goto(`${BASE}${filled('/manage/events/ID/orders/ORDER/refund')}?lang=${lang}`);
      await page.fill('[name=reason]', 'Doublon');
      await page.click('main form .primary');
      await page.locator('[name=confirmed]').waitFor({ state: 'attached' });
      await judged(page, `refund, reviewed, ${lang}`);
    }
  });
});

test('the pages of controllers and of somebody new', async () => {
  await browse({ permitted: [403, 404] }, async (page) => {
    await login(page, 'controller@demo.parvis.test');
    await walk(page, CONTROLLER.map(filled));
  });
  const { email } = await person('seule');
  await browse({}, async (page) => {
    await login(page, email);
    await walk(page, ['/my', '/scan', '/manage/start']);
  });
});

test('an account that is to end says so wherever one works', async () => {
  const { email, token } = await person('partante');
  await api('POST', '/api/auth/erasure', { token, body: { password: PASSWORD } });
  await browse({}, async (page) => {
    await login(page, email);
    await walk(page, ['/profile', '/account/security', '/account/sessions', '/manage/start']);
    await page.goto(`${BASE}/profile?lang=fr`);
    await page.click('.alert.warn a');
    assert.equal(new URL(page.url()).pathname, '/account/data');
  });
});

test('what is wrong with a form names each field and leads to it', async () => {
  await browse({ permitted: [422] }, async (page) => {
    await login(page, 'owner@demo.parvis.test');
    for (const [lang, words] of [['fr', 'Prix (EUR)\u00a0: '], ['ar', 'EUR']]) {
      await page.goto(`${BASE}${filled('/manage/events/DRAFT/tickets')}?lang=${lang}`);
      await page.evaluate(() => { for (const form of document.forms) form.noValidate = true; });
      const form = page.locator('form:has([name=price])').last();
      await form.locator('[name=price]').fill('cher');
      await form.locator('.primary').click();
      const line = page.locator('.alert.bad li a[href="#f-price"]');
      assert.ok((await line.textContent()).includes(words), await line.textContent());
      await judged(page, `a form refused, ${lang}`);
      await line.click();
      assert.equal(await page.evaluate(() => document.activeElement.name ?? document.querySelector(':target')?.name), 'price');
    }
  });
});

test('the pages fit a desk', async () => {
  await browse({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await login(page, 'owner@demo.parvis.test');
    await walk(page, [...Object.values(GUEST).map((path) => path(it)), ...Object.values(OWNER).map(filled)], ['ar'], fits);
  });
});

test('public pages weigh less than 60 kB the first time, without images', async () => {
  await browse({ serviceWorkers: 'block' }, async (page) => {
    for (const [route, path] of Object.entries(GUEST)) {
      await page.goto(`${BASE}${path(it)}`);
      // The icons come last. What the browser has kept from the page before counts as if it came again.
      await page.waitForFunction(() => performance.getEntriesByType('resource').some((entry) => entry.name.includes('/assets/icons')));
      const parts = await page.evaluate(() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((entry) => !entry.name.includes('/images/')).map((entry) => entry.encodedBodySize));
      const weight = parts.reduce((sum, size) => sum + size, 0);
      assert.ok(parts.length >= 5 && parts.every((size) => size > 0) && weight < 60_000, `${route} weighs ${weight}: ${parts}`);
      if (process.env.PARVIS_SHOTS) console.log(route, weight);
    }
  });
});

test('documents are what they say', async () => {
  await browse({}, async (page) => {
    await login(page, 'owner@demo.parvis.test');
    const css = await page.getAttribute('link[rel=stylesheet]', 'href');
    const paths = {
      '/sw.js': '/sw.js', '/events/:slug/calendar.ics': `/events/${it.event.slug}/calendar.ics`, '/orders/:id/tickets.pdf': '/orders/ORDER/tickets.pdf',
      '/orders/:id/calendar.ics': '/orders/ORDER/calendar.ics', '/manage/events/:id/sales.json': '/manage/events/ID/sales.json',
      '/manage/events/:id/export': '/manage/events/ID/export?what=orders&format=csv', '/assets/:name': css,
      ...Object.fromEntries(['/events.rss', '/events.ics', '/robots.txt', '/sitemap.xml'].map((path) => [path, path])), '/sitemaps/:part': '/sitemaps/events-1.xml',
      '/o/:slug/events.rss': '/o/amis-du-theatre/events.rss', '/o/:slug/events.ics': '/o/amis-du-theatre/events.ics',
    };
    for (const [route, path] of Object.entries({ '/manage/live': '/manage/live', '/manage/events/:id/live': '/manage/events/ID/live', '/scan/:event/live': '/scan/ID/live' })) {
      // Without an end, so only its beginning is read.
      const kind = await page.evaluate(async (address) => { const { status, headers, body } = await fetch(address); await body.cancel(); return [status, headers.get('content-type')]; }, filled(path));
      assert.deepEqual(kind, [200, DOCUMENTS[route]], route);
    }
    for (const [route, path] of Object.entries(paths)) {
      const answer = await page.request.get(new URL(filled(path), BASE).href);
      assert.equal(answer.status(), 200, route);
      assert.ok(answer.headers()['content-type'].includes(DOCUMENTS[route]), `${route}: ${answer.headers()['content-type']}`);
    }
  });
});
