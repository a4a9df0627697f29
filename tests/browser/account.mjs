// Somebody's account: made, confirmed, used to buy, found again, changed.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, CARD, PASSWORD, accessible, browse, fits, founder, link, login, mail, paid, person, shot, staged, unique } from './support.mjs';

const did = (page, words) => page.locator('.toast', { hasText: words }).waitFor();
const looked = async (page, name) => { await fits(page, name); await accessible(page, name); await shot(page, name); };

test('an account is made, confirmed, and logs in; a wrong password loses nothing', async () => {
  const email = `${unique('amel')}@example.org`;
  await browse({ permitted: [401, 422] }, async (page) => {
    await page.goto(`${BASE}/signup?lang=fr`);
    for (const [field, value] of [['first_name', 'Amel'], ['last_name', 'Kaci'], ['email', email], ['password', 'court']]) await page.fill(`[name=${field}]`, value);
    await page.click('main .primary');
    // What is wrong stands beside its field, and the rest is still there.
    await page.locator('#e-password').waitFor();
    await looked(page, 'signup-error-fr');
    assert.deepEqual(await Promise.all(['first_name', 'last_name', 'email'].map((name) => page.inputValue(`[name=${name}]`))), ['Amel', 'Kaci', email]);
    await page.fill('[name=password]', PASSWORD);
    await page.click('main .primary');
    await page.waitForURL(/\/signup\/sent/);
    await page.getByText(email).waitFor();
    await page.goto(link(await mail(email), '/confirm'));
    await page.click('main .primary');
    await page.waitForURL(/\/my/);
    await did(page, 'Votre adresse est confirmée');
    await page.locator('details.menu summary', { hasText: 'compte' }).click();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await did(page, 'Vous êtes déconnecté');
    await page.goto(`${BASE}/profile`);
    await page.waitForURL(/\/login\?next=/);
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', 'not the password');
    await page.click('main .primary');
    await page.locator('.alert.bad').waitFor();
    assert.equal(await page.inputValue('[name=email]'), email);
    await looked(page, 'login-error-fr');
    await page.fill('[name=password]', PASSWORD);
    await page.click('main .primary');
    await page.waitForURL(/\/profile$/);
  });
});

test('a forgotten password is replaced through the mail', async () => {
  const { email } = await person('oubli');
  await browse({}, async (page) => {
    await page.goto(`${BASE}/login?lang=fr`);
    await page.click('a[href="/reset"]');
    await page.fill('[name=email]', email);
    await page.click('main .primary');
    await page.locator('main a.btn[href="/login"]').waitFor();
    await page.goto(link(await mail(email, /\/reset/), '/reset'));
    await looked(page, 'reset-choose-fr');
    await page.fill('[name=new_password]', 'a better password than that');
    await page.click('main .primary');
    await did(page, 'Votre mot de passe est enregistré');
    await login(page, email, '/profile', 'a better password than that');
  });
});

test('a profile keeps its changes, and its language speaks at once', async () => {
  const { email } = await person('profil');
  await browse({ permitted: [422] }, async (page) => {
    await login(page, email, '/profile');
    await page.fill('[name=first_name]', 'Nadège');
    await page.selectOption('[name=locale]', 'ar');
    await page.locator('form[action="/profile"] .primary').click();
    await page.locator('.toast').waitFor();
    assert.equal(await page.getAttribute('html', 'dir'), 'rtl');
    assert.equal(await page.inputValue('[name=first_name]'), 'Nadège');
    await looked(page, 'profile-ar');
    await page.goto(`${BASE}/account/security`);
    await page.fill('[name=old_password]', 'not the password');
    await page.fill('[name=new_password]', 'a better password than that');
    await page.locator('form[action="/profile/password"] button').click();
    await page.locator('#e-old_password').waitFor();
    await accessible(page, 'profile with an error');
  });
});

for (const [lang, book] of [['fr', 'Réserver'], ['en', 'Book'], ['ar', 'حجز']]) {
  test(`a purchase with an account is in its list, and names are filled in, in ${lang}`, async () => {
    const owner = await founder('vendeur');
    const event = await staged(owner);
    const { email } = await person('achat', { first_name: 'Yacine', last_name: 'Bouzid' });
    await browse({ locale: lang }, async (page) => {
      await login(page, email, `/events/${event.slug}?lang=${lang}`);
      let screens = 0;
      await page.locator('button[name=more]').first().click();
      await page.getByRole('button', { name: book, exact: true }).click();
      await page.waitForURL(/\/checkout/);
      screens++;
      assert.deepEqual(await Promise.all(['first_name', 'last_name', 'email'].map((name) => page.inputValue(`[name="buyer/${name}"]`))), ['Yacine', 'Bouzid', email]);
      await page.locator('#f .primary').click();
      await page.waitForURL(/\/pay\/sandbox\//);
      screens++;
      await page.fill('[name=card_number]', CARD);
      await page.locator('main .primary').click();
      await page.waitForURL(/\/orders\//);
      screens++;
      assert.equal(screens, 3);
      await page.goto(`${BASE}/my`);
      assert.equal(await page.getAttribute('html', 'lang'), lang);
      await page.getByRole('link', { name: event.name }).waitFor();
      await looked(page, `my-${lang}`);
      await page.getByRole('link', { name: event.name }).click();
      await page.locator('.stub .qr').waitFor();
    });
  });
}

test('orders are found by mail, sent again, and given back', async () => {
  const owner = await founder('trouver');
  const event = await staged(owner, { price: '0.00' });
  const email = `${unique('perdu')}@example.org`;
  await paid(event.id, event.type, { email, first_name: 'Lina' }, 2);
  await mail(email, /billets/);
  await browse({}, async (page) => {
    await page.goto(`${BASE}/find?lang=fr`);
    await page.fill('[name=email]', email);
    await page.click('main .primary');
    await page.locator('.empty').waitFor();
    await looked(page, 'find-sent-fr');
    await page.goto(link(await mail(email, /Vos commandes/), '/orders/'));
    await page.locator('.stub').first().waitFor();
    await page.getByRole('button', { name: 'Renvoyer' }).click();
    await did(page, 'L’e‑mail est en route');
    await page.locator('summary', { hasText: 'Annuler' }).click();
    await accessible(page, 'order to be cancelled');
    await page.locator('form[action$="/cancel"] .primary').click();
    await did(page, 'La commande est annulée');
    await page.locator('.badge', { hasText: 'Annulée' }).first().waitFor();
    await looked(page, 'order-cancelled-fr');
    assert.equal(await page.locator('.stub .badge.bad').count(), 2);
  });
});
