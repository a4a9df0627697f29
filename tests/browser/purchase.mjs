// A buyer's way from the catalogue to the ticket, without an account.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, CARD, DECLINED, SILENT, accessible, browse, fits, keyboard, link, mail, shot } from './support.mjs';

const WORDS = {
  fr: { book: 'Réserver', pay: /^Payer 48,00/, ready: /vos billets sont prêts/, subject: /Vos 2 billets/ },
  en: { book: 'Book', pay: /^Pay €48\.00/, ready: /your tickets are ready/, subject: /Your 2 tickets/ },
  ar: { book: 'حجز', pay: /48\.00/, ready: /جاهزتان/, subject: /تذكرتاكم/ },
};

/** From the event's page to the order; counts the pages after it and what was typed. */
async function buy(page, lang, { email, cards = [CARD], scripted = true, look = async () => {} }) {
  const words = WORDS[lang];
  await page.goto(`${BASE}/?lang=${lang}`);
  await look('catalogue');
  await page.getByRole('link', { name: /Concert d’hiver/ }).click();
  await page.waitForURL(/\/events\//);
  await look('event');
  let screens = 0, fields = 0;
  for (let more = 0; more < 2; more++) {
    await page.locator('button[name=more]').first().click();
    if (!scripted) await page.waitForURL(/more=/);
  }
  await page.getByRole('button', { name: words.book, exact: true }).click();
  await page.waitForURL(/\/checkout/);
  screens++;
  await look('checkout');
  for (const [name, value] of [['first_name', 'Camille'], ['last_name', 'Rousseau'], ['email', email]]) {
    await page.fill(`[name="buyer/${name}"]`, value);
    fields++;
  }
  await page.check('[name=consent]');
  fields++;
  const paying = page.getByRole('button', { name: words.pay });
  await paying.click();
  await page.waitForURL(/\/pay\/sandbox\//);
  screens++;
  await look('card');
  for (const [index, card] of cards.entries()) {
    await page.fill('[name=card_number]', card);
    await page.getByRole('button', { name: words.pay }).click();
    if (index < cards.length - 1) {
      await page.locator('.alert.bad').waitFor();
      await look('declined');
    }
  }
  await page.waitForURL(/\/orders\//);
  screens++;
  await page.getByRole('heading', { name: words.ready }).waitFor();
  await look('order');
  return { screens, fields };
}

for (const lang of ['fr', 'en', 'ar']) {
  test(`a guest buys in three screens, in ${lang}`, async () => {
    await browse({ locale: lang, permitted: [402] }, async (page) => {
      const email = `camille-${lang}@example.org`;
      const look = async (name) => {
        await fits(page, name);
        if (lang !== 'en') await accessible(page, `${name}, ${lang}`);
        await shot(page, `${name}-${lang}`);
        assert.equal(await page.getAttribute('html', 'dir'), lang === 'ar' ? 'rtl' : 'ltr');
      };
      const { screens, fields } = await buy(page, lang, { email, cards: [DECLINED, CARD], look });
      assert.deepEqual({ screens, fields }, { screens: 3, fields: 4 });
      await page.locator('.acts a.btn').first().click();
      await page.locator('.qr.whole svg').waitFor();
      await look('ticket');
      const message = await mail(email, WORDS[lang].subject);
      assert.equal(message.attachments.length, 2);
      // The mail's link opens the order in another browser, and the secret leaves the address.
      await browse({ locale: lang }, async (other) => {
        await other.goto(link(message, '/orders/'));
        assert.ok(!other.url().includes('secret'), other.url());
        await other.locator('.stub').first().waitFor();
      });
    });
  });
}

test('the purchase works without scripts, and with a payment whose notice is lost', async () => {
  await browse({ javaScriptEnabled: false }, (page) => buy(page, 'fr', { email: 'sans-script@example.org', cards: [SILENT], scripted: false }));
});

test('a purchase on a desk is looked at too', async () => {
  await browse({ viewport: { width: 1280, height: 900 }, permitted: [402] }, async (page) => {
    await buy(page, 'fr', { email: 'bureau@example.org', cards: [DECLINED, CARD], look: (name) => shot(page, `${name}-fr`) });
  });
});

test('double click and back button end with one order', async () => {
  await browse({}, async (page) => {
    const email = 'double@example.org';
    await page.goto(`${BASE}/?lang=fr`);
    await page.getByRole('link', { name: /Concert d’hiver/ }).click();
    await page.locator('button[name=more]').first().click();
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    for (const [name, value] of [['first_name', 'Camille'], ['last_name', 'Rousseau'], ['email', email]]) await page.fill(`[name="buyer/${name}"]`, value);
    await page.check('[name=consent]');
    await page.getByRole('button', { name: /^Payer/ }).dblclick();
    await page.waitForURL(/\/pay\/sandbox\//);
    const first = page.url();
    await page.goBack();
    // Nothing typed is lost, and sending it again leads to the same payment.
    assert.equal(await page.inputValue('[name="buyer/email"]'), email);
    await page.getByRole('button', { name: /^Payer/ }).click();
    await page.waitForURL(/\/pay\/sandbox\//);
    assert.equal(page.url(), first);
  });
});

test('what is wrong stands beside its field, and nothing typed is lost', async () => {
  await browse({ permitted: [422] }, async (page) => {
    await page.goto(`${BASE}/?lang=fr`);
    await page.getByRole('link', { name: /Concert d’hiver/ }).click();
    await page.locator('button[name=more]').first().click();
    await page.getByRole('button', { name: 'Réserver', exact: true }).click();
    await page.evaluate(() => { document.querySelector('#f').noValidate = true; });
    await page.fill('[name="buyer/first_name"]', '"><script>alert(1)</script>');
    await page.fill('[name="buyer/email"]', 'camille@');
    await page.getByRole('button', { name: /^Payer/ }).click();
    await page.locator('.alert.bad').waitFor();
    assert.equal(await page.inputValue('[name="buyer/first_name"]'), '"><script>alert(1)</script>');
    assert.equal(await page.inputValue('[name="buyer/email"]'), 'camille@');
    for (const field of ['buyer-last_name', 'buyer-email']) await page.locator(`#e-${field}`).waitFor();
    await accessible(page, 'checkout with errors');
  });
});

test('the keyboard alone buys a ticket', async () => {
  await browse({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto(`${BASE}/?lang=fr`);
    const { to } = keyboard(page);
    await to('Concert d’hiver'); await page.keyboard.press('Enter'); await page.waitForURL(/\/events\//);
    await to('^more '); await page.keyboard.press('Enter');
    await to('Réserver$'); await page.keyboard.press('Enter'); await page.waitForURL(/\/checkout/);
    await to('^buyer/first_name'); await page.keyboard.type('Camille');
    await to('^buyer/last_name'); await page.keyboard.type('Rousseau');
    await to('^buyer/email'); await page.keyboard.type('clavier@example.org');
    await to('^consent'); await page.keyboard.press('Space');
    await to('^ *Payer'); await page.keyboard.press('Enter'); await page.waitForURL(/\/pay\/sandbox\//);
    await to('^ *Payer'); await page.keyboard.press('Enter'); await page.waitForURL(/\/orders\//);
    await page.getByRole('heading', { name: /votre billet est prêt/ }).waitFor();
  });
});
