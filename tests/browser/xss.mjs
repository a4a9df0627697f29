// Whatever people type is text wherever it is shown: in every field, on every page that shows it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, CARD, api, browse, fits, founder, link, login, mail, ordered, paid, person, staged, unique } from './support.mjs';

/** Leaves an attribute, a title or a field, then tries to run. Short enough for a name. */
const EVIL = `"'></title></textarea><script>document.title='xss'</script><img src=x onerror=document.title='xss'>`;
const LINKS = `${EVIL}\n\n[ici](javascript:document.title='xss') <a href="javascript:document.title='xss'">là</a> ![x](https://example.org/x.png" onerror="document.title='xss')`;

/** Nothing of what was typed became a part of the page, and it can be read there. */
async function harmless(page, name, shown = true) {
  const found = await page.evaluate(() => ({
    made: [...document.querySelectorAll('script:not([src], [type="application/ld+json"]), img[src="x"], [onerror], [onload], [onmouseover], a[href^="javascript:" i], img[src^="http"]')].map((here) => here.outerHTML.slice(0, 120)),
    title: document.title,
    words: document.documentElement.textContent + [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' '),
  }));
  assert.deepEqual(found.made, [], name);
  assert.notEqual(found.title, 'xss', name);
  if (shown) assert.ok(found.words.includes(`<script>document.title='xss'</script>`), `${name} does not show it`);
}

test('what is typed into any field is text on every page', async () => {
  assert.ok(EVIL.length <= 100, `${EVIL.length}`);
  const names = { first_name: EVIL, last_name: EVIL };
  const owner = await founder('mal', { ...names, organization: { name: EVIL } });
  const words = { name: EVIL, description: LINKS, location: EVIL, city: EVIL, terms: LINKS, kind: { name: EVIL, description: EVIL } };
  const event = await staged(owner, words), draft = await staged(owner, { ...words, published: false });
  await api('POST', `/api/events/${event.id}/quotas`, { token: owner.token, body: { name: EVIL, size: 5 } });
  const buyer = { ...names, email: `${unique('mal')}@example.org` };
  const { order, tickets } = await paid(event.id, event.type, buyer, 2, [names, names]);
  const { order: held, payment } = await ordered(event.id, event.type, buyer);
  // A member and an invitation, with the name of the one who invites.
  const member = await person('mal', names);
  for (const email of [member.email, `${unique('mal')}@example.org`]) await api('POST', `/api/organizations/${owner.organization.id}/invitations`, { token: owner.token, body: { email, role: 'viewer' } });
  const invitation = new URL(link(await mail(member.email, /\/invitation/), '/invitation'));
  const query = encodeURIComponent(EVIL);
  await browse({}, async (page) => {
    const wide = [], look = async (path, shown) => {
      await page.goto(path.startsWith('http') ? path : `${BASE}${path}`);
      await harmless(page, path, shown);
      await fits(page, path).catch((error) => wide.push(error.message));
    };
    // As strangers and buyers see it.
    for (const path of [`/?search=${query}`, `/o/${owner.organization.slug}`, `/events/${event.slug}`, `/events/${event.slug}/checkout?${event.type}=1`, `/orders/${order.id}?secret=${order.secret}`,
      `/orders/${order.id}/tickets/${tickets[0].id}`, `/pay/sandbox/${payment.id}`, `/orders/${held.id}?secret=${held.secret}`, invitation.pathname + invitation.search]) await look(path);
    for (const path of [`/login?next=/${query}`, `/signup?next=/${query}`, `/?lang=${query}&category=${query}&page=${query}`, `/events/${event.slug}?more=${query}`]) await look(path, false);
    // What search engines read is whole.
    const { name } = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.equal(name, EVIL);
    // As the organizer sees it, with what they add on the pages themselves.
    await login(page, owner.email, '/manage');
    for (const path of ['/manage', `/manage?search=${query}`, '/manage/settings', '/manage/members', '/manage/start', '/profile', '/scan']) await look(path);
    for (const part of ['', '/edit', '/tickets', `/tickets/${event.type}`, '/sales', '/orders', `/orders?search=${query}`, '/orders/new', `/orders/${order.id}`, `/orders/${order.id}/refund`, '/participants', '/team', '/files', '/duplicate', `/participants?search=${query}`, '/cancel']) await look(`${event.desk}${part}`);
    for (const part of ['', '/preview']) await look(`${draft.desk}${part}`);
    await page.goto(`${event.desk}/orders/${order.id}/refund`);
    await page.check('[value=amount]');
    await page.fill('[name=amount]', '1');
    await page.fill('[name=reason]', EVIL);
    await page.locator('main form .primary').click();
    await page.locator('[name=confirmed]').waitFor({ state: 'attached' });
    await harmless(page, 'refund, confirmed');
    await page.locator('main form .primary').click();
    await page.locator('.toast').waitFor();
    await harmless(page, 'order, refunded');
    await page.goto(`${event.desk}/orders/new`);
    await page.fill('[name="lines/0/quantity"]', '1');
    await page.check('[value=complimentary]');
    for (const [field, value] of [['buyer/first_name', EVIL], ['buyer/last_name', EVIL], ['buyer/email', buyer.email], ['reason', EVIL]]) await page.fill(`[name="${field}"]`, value);
    await page.locator('main form .primary.big').click();
    await page.locator('.toast').waitFor();
    await harmless(page, 'order by hand');
    // At the gate, whose name is typed too, and from which verdicts and names come by script.
    await look(`/scan/${event.id}?gate=${query}&search=script`);
    await page.goto(`${BASE}/scan/${event.id}?gate=${query}`);
    for (const verdict of ['Entrée acceptée', 'Déjà entré']) {
      await page.fill('#qr', tickets[0].qr_data);
      await page.keyboard.press('Enter');
      await page.locator('#verdict .told', { hasText: verdict }).waitFor();
      await harmless(page, verdict);
    }
    await page.fill('#qr', EVIL);
    await page.keyboard.press('Enter');
    await page.locator('#verdict .told', { hasText: 'Billet inconnu' }).waitFor();
    await page.fill('#s', 'script');
    await page.keyboard.press('Enter');
    await page.locator('.found li').first().waitFor();
    await harmless(page, 'found at the gate');
    // Words without a space do not widen a page either.
    assert.deepEqual(wide, []);
  });
});

test('forms that are shown again show what was typed as text', async () => {
  await browse({ permitted: [401, 402, 409, 422] }, async (page) => {
    const sent = async (path, fields, button = 'main .primary', shown = true) => {
      await page.goto(`${BASE}${path}`);
      await page.evaluate(() => { for (const form of document.forms) form.noValidate = true; for (const field of document.querySelectorAll('[type=email]')) field.type = 'text'; });
      await page.evaluate(() => { for (const part of document.querySelectorAll('main details')) part.open = true; });
      for (const field of fields) await page.fill(`main [name="${field}"]`, EVIL);
      await page.locator(button).first().click();
      await page.locator('.alert.bad, .error').first().waitFor();
      await harmless(page, path, shown);
    };
    await sent('/signup', ['first_name', 'last_name', 'email', 'password']);
    await sent('/login', ['email', 'password']);
    await sent('/reset', ['email']);
    await sent('/find', ['email']);
    const owner = await founder('mal2'), event = await staged(owner);
    await sent(`/events/${event.slug}/checkout?${event.type}=1`, ['buyer/first_name', 'buyer/last_name', 'buyer/email']);
    const { payment } = await ordered(event.id, event.type);
    await sent(`/pay/sandbox/${payment.id}`, ['card_number'], 'main .primary', false);
    await login(page, owner.email, '/manage');
    await sent('/manage/members', ['email']);
    await sent('/manage/settings', ['name', 'contact_email']);
    await sent(`/manage/events/${event.id}/edit`, ['name', 'description', 'location', 'city', 'latitude'], '#event .primary');
    await sent(`/manage/events/${event.id}/tickets`, ['name', 'price'], '#add .primary');
  });
});

/** Pages that links lead to from these, one of each kind, without documents. */
async function crawled(page, seeds) {
  const kind = (path) => path.split('?')[0].replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\/events\/(?!:id|new)[^/]+/, '/events/:slug').replace(/\/o\/[^/]+/, '/o/:slug');
  const found = new Map(), open = [...seeds];
  while (open.length && found.size < 90) {
    const path = open.shift();
    if (found.has(kind(path)) || /^\/(docs|assets|scan|images|documents|files)|\.(ics|pdf|rss|xml|txt|json)$|\/export|\/live$/.test(path.split('?')[0])) continue;
    found.set(kind(path), path);
    await page.goto(`${BASE}${path}`);
    open.push(...await page.evaluate(() => [...document.querySelectorAll('a[href]')].filter((a) => a.origin === location.origin && !a.download).map((a) => a.pathname + a.search)));
  }
  return [...found.values()];
}

/** Fields of a form that take words; all of them, or the one with this number. */
const fillable = (forms) => forms.map((form, index) => ({
  index, action: form.getAttribute('action') ?? '',
  fields: [...form.elements].filter((field) => field.name && (field.matches('textarea') || (field.matches('input') && /^(text|email|search|tel|url|password)$/.test(field.type)))).length,
}));

/** Types into one form, all its fields or one, sends it, and looks at what comes. */
async function typed(page, path, form, only) {
  await page.goto(`${BASE}${path}`);
  const sent = page.waitForNavigation({ waitUntil: 'domcontentloaded', timeout: 8000 }).catch(() => null);
  await page.evaluate(({ index, action, only, evil }) => {
    // What was sent before may have brought a form in front of it.
    const form = [document.forms[index], ...document.forms].find((form) => (form?.getAttribute('action') ?? '') === action);
    if (!form) throw new Error(`${location} has no form to ${action} any more: ${document.title}`);
    const fields = [...form.elements].filter((field) => field.name && (field.matches('textarea') || (field.matches('input') && /^(text|email|search|tel|url|password)$/.test(field.type))));
    form.noValidate = true;
    fields.forEach((field, at) => { if (only === undefined || only === at) { if (field.type === 'email') field.type = 'text'; field.removeAttribute('maxlength'); field.value = evil; } });
    form.requestSubmit(form.querySelector('button.primary:not([name=less], [name=more])') ?? undefined);
  }, { ...form, only, evil: EVIL });
  await sent;
  await harmless(page, `${path}, form ${form.action}, field ${only ?? 'all'}`, false);
}

/** Everything that ends what the walk stands on. */
const ENDING = /(logout|cancel|delete|erase|remove|revoke|disable|end|end-others|move|refund)$/;

test('every text field of every form that pages lead to keeps what is typed as text', async () => {
  const owner = await founder('partout', { organization: { name: 'Partout' } });
  const event = await staged(owner), draft = await staged(owner, { published: false });
  const { order, tickets } = await paid(event.id, event.type, {}, 1);
  const local = (url) => url.replace(BASE, '');
  const guest = ['/', '/login', '/signup', '/reset', '/find', `/o/${owner.organization.slug}`, `/events/${event.slug}`, `/events/${event.slug}/checkout?${event.type}=1`, `/orders/${order.id}?secret=${order.secret}`, `/orders/${order.id}/tickets/${tickets[0].id}`];
  const host = ['/manage', local(event.desk), local(draft.desk), `${local(event.desk)}/orders/${order.id}`, '/profile', '/account', '/my', '/manage/start'];
  const walk = async (seeds, before) => {
    let fields = 0;
    await browse({ permitted: [400, 401, 402, 403, 404, 409, 412, 413, 422] }, async (page) => {
      await before(page);
      const pages = await crawled(page, seeds);
      for (const path of pages) {
        await page.goto(`${BASE}${path}`);
        const forms = (await page.evaluate(`(${fillable})([...document.forms])`)).filter((form) => form.fields && !ENDING.test(form.action));
        for (const form of forms) {
          await typed(page, path, form);
          // One after the other, so that a field that is taken is not refused with those beside it.
          if (form.fields > 1) for (let only = 0; only < form.fields; only++) await typed(page, path, form, only);
          fields += form.fields;
        }
      }
      // And wherever it shows by now.
      for (const path of [...pages, ...guest]) {
        await page.goto(`${BASE}${path}`);
        await harmless(page, `${path}, afterwards`, false);
      }
    });
    return fields;
  };
  const asHost = await walk(host, (page) => login(page, owner.email, '/manage'));
  const asGuest = await walk(guest, async () => {});
  assert.ok(asHost > 40 && asGuest > 12, `${asHost} and ${asGuest} fields were found`);
});
