// A hold that ends before it is paid, on a server that holds places for seconds only.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, CARD, accessible, api, browse, fits, founder, mail, ordered, paid, shot, staged, unique } from './support.mjs';

test('somebody who is too slow is told, pays nothing, and goes on', async () => {
  const owner = await founder('tenu');
  const event = await staged(owner, { size: 1 });
  const email = `${unique('lent')}@example.org`;
  await browse({ permitted: [409] }, async (page, context) => {
    const choose = async (on) => {
      await on.locator('button[name=more]').first().click();
      await on.getByRole('button', { name: 'Réserver', exact: true }).click();
      await on.waitForURL(/\/checkout/);
      for (const [name, value] of [['first_name', 'Camille'], ['last_name', 'Rousseau'], ['email', email]]) await on.fill(`[name="buyer/${name}"]`, value);
      await on.getByRole('button', { name: /^Payer/ }).click();
      await on.waitForURL(/\/pay\/sandbox\//);
    };
    await page.goto(`${BASE}/events/${event.slug}?lang=fr`);
    await choose(page);
    // Beside the card's page the order counts down, and says by itself when the time is over.
    const beside = await context.newPage();
    await beside.goto(await page.getByRole('link', { name: 'Revenir à la commande' }).getAttribute('href'));
    await beside.locator('.countdown [data-left]', { hasText: /^0:0\d$/ }).waitFor();
    // Meanwhile nobody else gets the place.
    const meanwhile = await context.newPage();
    await meanwhile.goto(`${BASE}/events/${event.slug}`);
    assert.equal(await meanwhile.locator('button[name=more]:enabled').count(), 0);
    await beside.getByRole('heading', { name: 'Cette commande a expiré' }).waitFor();
    await fits(beside, 'expired order');
    await accessible(beside, 'expired order');
    await shot(beside, 'order-expired-fr');
    // The card's page was open all the time; once the bank knows, it takes nothing. Until then a late payment is a good one.
    await meanwhile.goto(page.url());
    for (let tries = 0; tries < 200 && await meanwhile.locator('[name=card_number]').count(); tries++) await meanwhile.reload();
    await page.fill('[name=card_number]', CARD);
    await page.getByRole('button', { name: /^Payer/ }).click();
    await page.getByText('Ce paiement est clos').waitFor();
    await accessible(page, 'closed payment');
    await page.getByRole('link', { name: 'Revenir à la commande' }).click();
    await page.getByText('rien n’a été débité').waitFor();
    await mail(email, /expir/i);
    // The place is back, for whoever is quicker.
    await page.getByRole('link', { name: 'Reprendre des billets' }).click();
    await page.waitForURL(/\/events\//);
    await choose(page);
    await page.getByRole('button', { name: /^Payer/ }).click();
    await page.getByRole('heading', { name: /votre billet est prêt/ }).waitFor();
  });
});

test('what has expired is counted among the orders and free again', async () => {
  const owner = await founder('libre');
  const event = await staged(owner, { size: 2 });
  const { order } = await ordered(event.id, event.type, {}, 2);
  await browse({}, async (page) => {
    await page.goto(`${BASE}/orders/${order.id}?secret=${order.secret}`);
    await page.getByRole('heading', { name: 'Cette commande a expiré' }).waitFor();
  });
  await paid(event.id, event.type, {}, 2);
  const { status } = await api('GET', `/api/orders/${order.id}?secret=${order.secret}`);
  assert.equal(status, 'expired');
});
