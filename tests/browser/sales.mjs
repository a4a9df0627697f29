// What an organizer does while tickets are sold: figures, lists, refunds, corrections, orders by hand.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { BASE, accessible, api, browse, fits, founder, login, mail, ordered, paid, shot, staged, unique } from './support.mjs';

const did = (page, words) => page.locator('.toast', { hasText: words }).waitFor();

/** An owner who is logged in, with an event on sale. */
async function desk(name, options, journey, event = {}) {
  const owner = await founder(name, { organization: { contact_email: `${unique(name)}@example.org` } });
  const made = await staged(owner, event);
  await browse(options, async (page, context) => {
    await login(page, owner.email, new URL(made.desk).pathname);
    await journey(page, made, owner, context);
  });
}

const orders = async (event, { token }) => (await api('GET', `/api/events/${event.id}/orders`, { token })).results;

test('the figures follow the sale while somebody looks, and a sale is told by mail', async () => {
  await desk('chiffres', {}, async (page, event, owner) => {
    await page.goto(`${event.desk}/sales`);
    const live = (name) => page.locator(`[data-live=${name}]`).first();
    assert.equal(await live('sold').textContent(), '0');
    await page.check('[name=wanted]');
    await page.locator('form[action$="/sales/notify"] button').click();
    await did(page, 'Un e‑mail partira à chaque vente');
    await fits(page, 'sales');
    await accessible(page, 'sales, empty');
    await page.evaluate(() => { window.same = true; });
    const { order } = await paid(event.id, event.type, { first_name: 'Amel', last_name: 'Kaci' }, 3);
    await page.locator('[data-live=sold]', { hasText: /^3$/ }).first().waitFor({ timeout: 3000 });
    await page.locator('[data-live=left]', { hasText: /^17$/ }).first().waitFor();
    await page.locator('[data-live=revenue]', { hasText: /^36,00/ }).waitFor();
    await page.locator('[data-chart] rect').first().waitFor({ state: 'attached' });
    assert.ok(await page.evaluate(() => window.same), 'the page was loaded again');
    // The chart has its figures behind it.
    await page.reload();
    await page.locator('section[aria-labelledby=by-day] summary').click();
    await page.locator('section[aria-labelledby=by-day] td', { hasText: /^3$/ }).waitFor();
    await accessible(page, 'sales');
    await shot(page, 'sales-fr');
    const told = await mail(owner.organization.contact_email, new RegExp(order.code));
    assert.match(told.text, /Amel Kaci/);
  });
});

test('what is sold shows on the overview at once, also after the page was out of sight', async () => {
  await desk('direct', {}, async (page, event, owner) => {
    const sold = page.locator(`[data-live="line-sold-${event.type}"]`), state = page.locator('[data-live-state]');
    await page.goto(event.desk);
    assert.equal(await sold.textContent(), '0 vendu');
    await state.getByText('En direct').waitFor();
    await page.evaluate(() => { window.same = true; });
    await paid(event.id, event.type, { first_name: 'Amel', last_name: 'Kaci' }, 2);
    await sold.filter({ hasText: '2 vendus' }).waitFor({ timeout: 3000 });
    await page.locator('[data-live^=line-left]', { hasText: '18 restants' }).waitFor();
    await accessible(page, 'overview, live');
    await fits(page, 'overview, live');
    // A page out of sight holds no connection; back in sight it tells how things stand.
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    const { tickets } = await paid(event.id, event.type, { first_name: 'Idir', last_name: 'Kaci' });
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await sold.filter({ hasText: '3 vendus' }).waitFor({ timeout: 5000 });
    // The gate's counter follows the other gates.
    await page.goto(`${BASE}/scan/${event.id}?gate=Nord`);
    const inside = page.locator('[data-live=inside]');
    assert.equal(await inside.textContent(), '0');
    await page.evaluate(() => { window.same = true; });
    await api('POST', '/api/checkin', { token: owner.token, body: { event: event.id, qr_data: tickets[0].qr_data } });
    await inside.filter({ hasText: /^1$/ }).waitFor({ timeout: 3000 });
    assert.ok(await page.evaluate(() => window.same), 'the page was loaded again');
  });
});

test('orders and participants are found, filtered and taken away', async () => {
  await desk('listes', { acceptDownloads: true }, async (page, event) => {
    await paid(event.id, event.type, { first_name: 'Zoé', last_name: 'Périer', email: 'zoe@example.org' }, 2, [{ first_name: 'Élie', last_name: 'Périer' }, { first_name: 'Zoé', last_name: 'Périer' }]);
    await ordered(event.id, event.type, { first_name: 'Karim', last_name: 'Bensaïd', email: 'karim@example.org' });
    await page.goto(`${event.desk}/orders`);
    const rows = page.locator('main tbody tr');
    assert.equal(await rows.count(), 2);
    await page.fill('[name=search]', 'perier');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=perier/);
    assert.equal(await rows.count(), 1);
    assert.match(await rows.textContent(), /Zoé Périer/);
    await page.fill('[name=search]', '');
    await page.selectOption('[name=status]', 'pending');
    await page.locator('form[role=search] button').click();
    await page.waitForURL(/status=pending/);
    assert.equal(await rows.count(), 1);
    assert.match(await rows.textContent(), /Karim Bensaïd/);
    await page.goto(`${event.desk}/participants`);
    assert.equal(await rows.count(), 2);
    await page.fill('[name=search]', 'elie');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=elie/);
    assert.match(await rows.textContent(), /Élie Périer/);
    await accessible(page, 'participants');
    for (const [format, start] of [['xlsx', 'PK'], ['csv', '\u{feff}']]) {
      if (!await page.locator('details.menu[open]').count()) await page.locator('summary', { hasText: 'Exporter' }).click();
      await fits(page, 'participants, export');
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`a[href$="format=${format}"]`).first().click()]);
      assert.match(download.suggestedFilename(), new RegExp(`\\.${format}$`));
      assert.ok(readFileSync(await download.path(), 'utf8').startsWith(start), format);
    }
  });
});

test('one ticket is refunded once, and its place is sold again', async () => {
  await desk('rendu', {}, async (page, event, owner) => {
    const email = `${unique('rend')}@example.org`;
    const { order, tickets } = await paid(event.id, event.type, { email, first_name: 'Lou', last_name: 'Garnier' }, 2);
    await page.goto(`${event.desk}/orders/${order.id}`);
    await page.getByRole('link', { name: 'Rembourser…' }).click();
    await page.check('[name=what][value=tickets]');
    await page.locator(`[name=tickets][value="${tickets[0].id}"]`).check();
    await page.locator('[data-suggested] output', { hasText: '12,00' }).waitFor();
    await fits(page, 'refund');
    await accessible(page, 'refund');
    await page.fill('[name=reason]', 'Empêchée');
    await page.getByRole('button', { name: 'Vérifier le remboursement' }).click();
    await page.getByRole('heading', { name: 'Confirmer le remboursement' }).waitFor();
    await fits(page, 'refund, confirmed');
    await accessible(page, 'refund, confirmed');
    await shot(page, 'refund-confirm-fr');
    await page.getByRole('button', { name: /^Rembourser 12,00/ }).dblclick();
    await did(page, 'Le remboursement est fait');
    await page.locator('.badge', { hasText: 'Remboursé' }).first().waitFor();
    assert.equal(await page.getByText('Empêchée').count() > 0, true);
    const answer = await api('GET', `/api/orders/${order.id}`, { token: owner.token });
    assert.equal(answer.status, 'partially_refunded');
    assert.equal(await page.locator('section[aria-labelledby=money] li').count(), 2, 'a payment and one refund');
    await mail(email, /rembours/i);
    // Two places were all there is: one of them is free again.
    await page.goto(`${event.desk}/sales`);
    assert.equal(await page.locator('[data-live=left]').first().textContent(), '1');
    await paid(event.id, event.type, { email: 'suivante@example.org' });
  }, { size: 2 });
});

test('an address is corrected, a mail goes again, a name is corrected', async () => {
  await desk('corrige', {}, async (page, event) => {
    const wrong = `${unique('faux')}@example.org`, right = `${unique('juste')}@example.org`;
    const { order } = await paid(event.id, event.type, { email: wrong, first_name: 'Hugo', last_name: 'Lemaire' });
    await page.goto(`${event.desk}/orders/${order.id}`);
    await page.locator('summary', { hasText: 'Corriger l’adresse e‑mail' }).click();
    await accessible(page, 'order');
    await fits(page, 'order');
    await page.fill('form[action$="/email"] [name=email]', right);
    await page.locator('form[action$="/email"] .primary').click();
    await did(page, 'les billets sont en route');
    assert.equal((await mail(right)).attachments.length, 2);
    await page.locator('summary', { hasText: 'Renvoyer les billets' }).click();
    await page.locator('form[action$="/resend"] .primary').click();
    await did(page, 'L’e‑mail est en route');
    await page.locator('summary', { hasText: 'Corriger le nom' }).click();
    await page.fill('form[action$="/name"] [name=first_name]', 'Hugues');
    await page.locator('form[action$="/name"] .primary').click();
    await did(page, 'Le billet est réémis');
    await page.locator('section[aria-labelledby=tickets]', { hasText: 'Hugues Lemaire' }).waitFor();
    await shot(page, 'desk-order-fr');
    const pdf = await page.request.get(`${BASE}/orders/${order.id}/tickets.pdf`);
    assert.ok((await pdf.text()).startsWith('%PDF'));
  });
});

test('orders are entered by hand: given away, and paid at the door, once each', async () => {
  await desk('main', {}, async (page, event, owner) => {
    const guest = `${unique('presse')}@example.org`;
    await page.goto(`${event.desk}/orders/new`);
    await fits(page, 'order by hand');
    await accessible(page, 'order by hand');
    await page.fill('[name="lines/0/quantity"]', '2');
    await page.locator('[data-due] output', { hasText: '24,00' }).waitFor();
    await page.check('[value=complimentary]');
    await page.locator('[data-due] output', { hasText: /^0,00/ }).waitFor();
    await page.fill('[name="buyer/first_name"]', 'Rim');
    await page.fill('[name="buyer/last_name"]', 'Sellami');
    await page.fill('[name="buyer/email"]', guest);
    await page.fill('[name=reason]', 'Presse');
    await page.getByRole('button', { name: 'Émettre les billets' }).dblclick();
    await did(page, 'Les billets sont émis et envoyés');
    assert.equal((await mail(guest, /2 billets/)).attachments.length, 2);
    await page.goto(`${event.desk}/orders/new`);
    await page.fill('[name="lines/0/quantity"]', '1');
    await page.fill('[name="buyer/first_name"]', 'Passant');
    await page.fill('[name="buyer/last_name"]', 'Duguichet');
    await page.getByRole('button', { name: 'Émettre les billets' }).click();
    await did(page, 'Les billets sont émis : imprimez-les ici');
    await page.getByText('Sans adresse e‑mail').waitFor();
    const made = await orders(event, owner);
    assert.deepEqual(made.map((order) => order.total).sort(), ['0.00', '12.00']);
  });
});
