// Somebody's account: made, confirmed, used to buy, found again, changed.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
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

/** The code that an app shows for a key (RFC 6238), so many steps from now. */
function code(key, steps = 0) {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1e6).padStart(6, '0');
}

test('a second factor is set up, asked for, and stood in for', async () => {
  const { email } = await person('facteur');
  let key, recovery;
  await browse({ permitted: [422] }, async (page) => {
    await login(page, email, '/account/security');
    await page.click('a[href="/account/second-factor"]');
    await page.fill('[name=password]', PASSWORD);
    await page.click('main form .primary');
    key = (await page.locator('bdi.code').innerText()).replace(/\s/g, '');
    await looked(page, 'factor-key-fr');
    await page.fill('[name=code]', '000000');
    await page.click('main form .primary');
    await page.locator('#e-code').waitFor();
    await looked(page, 'factor-wrong-fr');
    await page.fill('[name=code]', code(key, -1));
    await page.keyboard.press('Enter');
    await page.locator('ol.codes').waitFor();
    recovery = await page.locator('ol.codes bdi').allInnerTexts();
    assert.equal(recovery.length, 10);
    await looked(page, 'recovery-codes-fr');
    await page.click('main a.primary');
    await page.goto(`${BASE}/account/second-factor`);
    await looked(page, 'factor-on-fr');
  });
  await browse({ permitted: [422] }, async (page) => {
    await page.goto(`${BASE}/login?next=/account/sessions&lang=ar`);
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', PASSWORD);
    await page.click('main .primary');
    await page.waitForURL(/\/login\/code/);
    await looked(page, 'login-code-ar');
    await page.fill('[name=code]', code(key));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/account\/sessions$/);
    await looked(page, 'sessions-ar');
  });
  await browse({ permitted: [422] }, async (page) => {
    await page.goto(`${BASE}/login?lang=fr`);
    await page.fill('[name=email]', email);
    await page.fill('[name=password]', PASSWORD);
    await page.click('main .primary');
    await page.click('a[href*="recovery"]');
    await looked(page, 'login-recovery-fr');
    await page.fill('[name=code]', recovery[0].toLowerCase());
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/my$/);
  });
});

test('another address takes two mailboxes, and a copy of one’s data a moment', async () => {
  const { email } = await person('demenage');
  const next = `${unique('arrivee')}@example.org`;
  await browse({}, async (page) => {
    await login(page, email, '/account/security');
    await page.locator('details.more summary').click();
    await page.fill('[name=new_email]', next);
    await page.fill('[name=password]', PASSWORD);
    await page.keyboard.press('Enter');
    await did(page, 'Nous avons écrit aux deux adresses');
    await looked(page, 'email-asked-fr');
    for (const mailbox of [next, email]) {
      await page.goto(link(await mail(mailbox, /\/account\/email-change/), '/account/email-change'));
      await looked(page, 'email-change-fr');
      await page.click('main .primary');
    }
    await page.goto(`${BASE}/account/data`);
    await page.getByText(email).waitFor({ state: 'detached' });
    await page.fill('[name="copy/password"]', PASSWORD);
    await page.keyboard.press('Enter');
    await did(page, 'Votre copie est en préparation');
    await mail(next, /\/account\/data/);
    await page.reload();
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('form[action="/account/data/download"] button')]);
    assert.equal(file.suggestedFilename(), 'parvis-data.zip');
    await page.fill('[name="erase/password"]', PASSWORD);
    await page.keyboard.press('Enter');
    await did(page, 'Votre compte sera supprimé');
    await looked(page, 'erase-asked-fr');
    await page.click('form[action="/account/data/keep"] button');
    await did(page, 'Votre compte reste');
  });
});

test('a long name gives way in the header', async () => {
  for (const [first_name, last_name] of [['A'.repeat(100), 'B'.repeat(100)], ['Jean-Christophe', 'Vandenbroucke-Lefèvre']]) {
    const { email } = await person('long', { first_name, last_name });
    await browse({}, async (page) => {
      await login(page, email);
      for (let width = 320; width <= 1280; width += 40) {
        await page.setViewportSize({ width, height: 800 });
        await fits(page, `a name of ${first_name.length + last_name.length} letters at ${width}`);
      }
    });
  }
});
