// The gate: a camera, a scanner that types, and a search.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, PASSWORD, accessible, bought, browse, film, fits, keyboard, login, shot } from './support.mjs';

const told = (page, words) => page.locator('#verdict .told', { hasText: words }).waitFor();

test('a controller scans with a phone: in, already in, unknown, searched', async () => {
  const { event, order, tickets: [ticket, second] } = await bought('concert', { last_name: 'Amrouche' }, 2);
  let camera;
  await browse({}, async (page) => { camera = await film(page, `${BASE}/orders/${order.id}?secret=${order.secret}`); });
  const args = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`];
  await browse({ args }, async (page, context) => {
    await context.grantPermissions(['camera']);
    await login(page, 'controller@demo.parvis.test', '/scan');
    await page.goto(`${BASE}/scan?lang=fr`);
    await fits(page, 'gates');
    await accessible(page, 'gates');
    const card = page.locator('form.card', { hasText: event.name });
    await card.locator('[name=gate]').fill('Portail nord');
    await card.getByRole('button').click();
    // The camera sees the code by itself.
    await told(page, 'Entrée acceptée');
    await page.locator('.who', { hasText: 'Idir Amrouche' }).waitFor();
    await fits(page, 'gate');
    await shot(page, 'gate-granted-fr');
    await accessible(page, 'gate, granted');
    // A scanner types, wherever the focus is. The first code again: an orange verdict that says when and where.
    const type = async (code) => { await page.evaluate(() => document.activeElement.blur()); await page.keyboard.type(code); await page.keyboard.press('Enter'); };
    const seenFirst = await page.locator('#verdict .code').textContent();
    const [shown, other] = seenFirst === ticket.code ? [ticket, second] : [second, ticket];
    await type(shown.qr_data);
    await told(page, 'Déjà entré');
    assert.match(await page.locator('#verdict').textContent(), /Portail nord/);
    await accessible(page, 'gate, already in');
    await type('ABC');
    await told(page, 'Billet inconnu');
    await accessible(page, 'gate, unknown');
    await page.fill('#s', 'amrouche');
    await page.keyboard.press('Enter');
    await page.locator('.found li').first().waitFor();
    await page.locator('.found li', { hasText: other.code }).getByRole('button', { name: 'Faire entrer' }).click();
    await told(page, 'Entrée acceptée');
    await page.locator('.lasts summary').click();
    assert.ok(await page.locator('#lasts li').count() >= 3);
  });
});

test('the gate works without scripts', async () => {
  const { event, tickets: [ticket] } = await bought('concert');
  await browse({ javaScriptEnabled: false }, async (page) => {
    await login(page, 'controller@demo.parvis.test', '/scan');
    await page.goto(`${BASE}/scan/${event.id}?gate=Sud&lang=ar`);
    await page.fill('#qr', ticket.qr_data);
    await page.locator('#scan button').click();
    await told(page, 'الدخول مقبول');
    await page.locator('header a', { hasText: 'الخروج' }).click();
    await page.fill('#qr', ticket.qr_data);
    await page.locator('#scan button').click();
    await told(page, 'سُجّل الخروج');
  });
});

test('the keyboard alone keeps the gate, and a scanner that types twice admits once', async () => {
  const { event, tickets: [ticket, other] } = await bought('concert', { last_name: 'Clavier' }, 2);
  await browse({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const { to, type } = keyboard(page);
    await page.goto(`${BASE}/login?next=/scan&lang=fr`);
    await type('email', 'controller@demo.parvis.test');
    await type('password', PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/scan$/);
    await type('gate', 'Est');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/scan/${event.id}\\?gate=Est`));
    // The field has the focus when the page comes, and again after each code.
    for (const [code, verdict] of [[ticket.qr_data, 'Entrée acceptée'], [ticket.qr_data, 'Déjà entré'], ['ABC', 'Billet inconnu']]) {
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
      await told(page, verdict);
    }
    await type('search', 'clavier');
    await page.keyboard.press('Enter');
    await page.locator('.found li', { hasText: other.code }).waitFor();
    // The one who is out is let in by the button of the row.
    const rows = page.locator('.found li');
    assert.ok(await rows.count() >= 2);
    await rows.filter({ hasText: other.code }).getByRole('button').evaluate((button) => { button.dataset.wanted = 'yes'; });
    for (let tabs = 0; tabs < 60 && !await page.evaluate(() => document.activeElement.dataset.wanted); tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await told(page, 'Entrée acceptée');
    await to(' Derniers|Dernières');
    await page.keyboard.press('Enter');
    await page.locator('#lasts li').first().waitFor();
  });
});
