// An organizer's way from nothing to a published event, and what becomes of it afterwards.
import assert from 'node:assert/strict';
import test from 'node:test';
import { BASE, PASSWORD, accessible, api, browse, fits, founder, keyboard, link, login, mail, paid, picture, shot, staged, unique } from './support.mjs';

/** A wall time some days from now, as a field for dates takes it. */
const wall = (days, time) => `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${time}`;

const did = (page, words) => page.locator('.toast', { hasText: words }).waitFor();

for (const lang of ['fr', 'ar']) {
  test(`from sign-up to an event in the catalogue, in ${lang}`, async () => {
    await browse({ locale: lang }, async (page) => {
      const done = { screens: 0, fields: 0, clicks: 0 };
      const email = `${unique('nadia')}@example.org`, name = unique('Nuit des orgues');
      /** The next screen: it is looked at, filled in and left by its button. */
      const screen = async (at, label, filled, button) => {
        await page.waitForURL((url) => at.test(url.pathname));
        assert.equal(await page.getAttribute('html', 'dir'), lang === 'ar' ? 'rtl' : 'ltr');
        await fits(page, label);
        await accessible(page, `${label}, ${lang}`);
        for (const [field, value] of Object.entries(filled)) {
          const input = page.locator(`main [name="${field}"]`);
          await (await input.evaluate((here) => here.matches('select')) ? input.selectOption(value) : input.fill(value));
          done.fields++;
        }
        await shot(page, `${label}-${lang}`);
        await page.click(button);
        done.screens++;
        done.clicks++;
      };
      await page.goto(`${BASE}/?lang=${lang}`);
      await screen(/^\/$/, 'catalogue', {}, 'footer a[href="/manage"]');
      await screen(/^\/login$/, 'login', {}, 'a[href^="/signup"]');
      await screen(/^\/signup$/, 'sign-up', { first_name: 'Nadia', last_name: 'Benali', email, password: PASSWORD }, 'form[action="/signup"] .primary');
      await page.waitForURL(/\/signup\/sent/);
      await fits(page, 'mail sent');
      await accessible(page, `mail sent, ${lang}`);
      await page.goto(link(await mail(email), '/confirm'));
      await screen(/^\/confirm$/, 'confirm', {}, 'form[action="/confirm"] .primary');
      await screen(/^\/manage\/start$/, 'organization', { name: `Maison ${name}` }, 'form[action="/manage/start"] .primary');
      await screen(/^\/manage$/, 'events', {}, 'main a.primary');
      await screen(/^\/manage\/events\/new$/, 'new-event', {
        name, category: 'concert', description: 'Trois orgues, une nuit.', start_date: wall(40, '20:30'), end_date: wall(40, '23:00'),
        location: 'Église Saint-Paul', city: 'Lyon', 'ticket/price': '24,50', capacity: '120',
      }, '#event .primary');
      await screen(/^\/manage\/events\/[0-9a-f-]{36}$/, 'draft', {}, 'form[action$="/publish"] .primary');
      await page.locator('.badge.ok').first().waitFor();
      await accessible(page, `published, ${lang}`);
      assert.ok(done.fields <= 15, `${done.fields} fields`);
      assert.deepEqual(done, { screens: 8, fields: 14, clicks: 8 });
      // Anybody finds it now.
      await browse({ locale: lang }, async (other) => {
        await other.goto(`${BASE}/?search=${encodeURIComponent(name)}`);
        await other.getByRole('link', { name, exact: true }).click();
        await other.getByRole('heading', { name }).waitFor();
        assert.match(await other.locator('main').textContent(), /24[.,]50/);
      });
    });
  });
}

test('what is missing is told, and an event is written, pictured, previewed, published once and changed', async () => {
  const owner = await founder('orgue');
  const made = await api('POST', '/api/events', { token: owner.token, body: { name: unique('Sans rien'), start_date: `${wall(20, '18:00')}:00Z`, end_date: `${wall(20, '20:00')}:00Z` } });
  const desk = `${BASE}/manage/events/${made.id}`;
  await browse({ permitted: [422] }, async (page) => {
    await login(page, owner.email, new URL(desk).pathname);
    assert.ok(await page.locator('form[action$="/publish"] button').isDisabled());
    await page.getByRole('link', { name: 'Ajouter un tarif' }).click();
    const add = page.locator('#add');
    for (const [name, price] of [['Plein tarif', '18'], ['Tarif réduit', '9,50']]) {
      await add.locator('[name=name]').fill(name);
      await add.locator('[name=price]').fill(price);
      await add.locator('.primary').click();
      await did(page, 'Le tarif est ajouté');
    }
    assert.match(await page.locator('.lines').first().textContent(), /Tarif réduit.*9,50/s);
    // What is wrong keeps what was typed.
    await page.goto(`${desk}/edit`);
    const name = unique('Récital d’hiver');
    await page.fill('[name=name]', name);
    await page.fill('[name=description]', 'Bach, **et après**.');
    await page.fill('[name=end_date]', wall(10, '10:00'));
    await page.fill('[name=location]', 'Salle Rameau');
    await page.click('#event .primary');
    await page.locator('#e-end_date').waitFor();
    await accessible(page, 'event with an error');
    assert.equal(await page.inputValue('[name=name]'), name);
    assert.equal(await page.inputValue('[name=description]'), 'Bach, **et après**.');
    await page.fill('[name=end_date]', wall(20, '23:00'));
    await page.click('#event .primary');
    await did(page, 'L’événement est enregistré');
    // A file of another kind is told beside its field, a picture takes its place.
    await page.locator('nav.tabs').getByRole('link', { name: 'Fichiers' }).click();
    const send = async (place, file) => { await page.setInputFiles(`#f-${place}`, file); await page.locator(`#${place} .primary`).click(); };
    await send('programme', { name: 'salle.pdf', mimeType: 'application/pdf', buffer: await picture(page) });
    await page.locator('#e-programme').waitFor();
    await accessible(page, 'files with an error');
    await send('image', { name: 'salle.jpg', mimeType: 'image/jpeg', buffer: await picture(page) });
    await did(page, 'Le fichier est enregistré');
    await fits(page, 'files');
    await page.goto(desk);
    const seen = page.locator('.small-poster img');
    await page.waitForFunction(() => document.querySelector('.small-poster img')?.naturalWidth > 0);
    assert.match(await seen.getAttribute('src'), /^\/images\//);
    await page.getByRole('link', { name: 'Aperçu' }).click();
    await page.getByText('Aperçu : vous seuls').waitFor();
    await page.locator('b, strong', { hasText: 'et après' }).waitFor();
    await fits(page, 'preview');
    await accessible(page, 'preview');
    await page.goto(desk);
    await page.locator('form[action$="/publish"] button').dblclick();
    await did(page, 'L’événement est publié');
    await page.locator('h1 .badge.ok').waitFor();
    await page.goto(`${BASE}/?search=${encodeURIComponent(name)}`);
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByText('Tarif réduit').waitFor();
    await page.waitForFunction(() => document.querySelector('main img')?.naturalWidth > 0);
    await fits(page, 'event with a picture');
    await accessible(page, 'event with a picture');
  });
});

test('the keyboard alone signs up and publishes', async () => {
  await browse({ viewport: { width: 1280, height: 900 } }, async (page) => {
    const { to, begun, type, press } = keyboard(page);
    const email = `${unique('clavier')}@example.org`, name = unique('Au clavier');
    await page.goto(`${BASE}/manage?lang=fr`);
    await press('Créer un compte', /\/signup/);
    for (const [field, value] of [['first_name', 'Nadia'], ['last_name', 'Benali'], ['email', email], ['password', PASSWORD]]) await type(field, value);
    await press('Créer mon compte|Créer un compte', /\/signup\/sent/);
    await page.goto(link(await mail(email), '/confirm'));
    await begun();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/manage\/start/);
    // The first field has the focus already.
    await begun();
    await page.keyboard.type(`Maison ${name}`);
    await press('Créer l’organisation', /\/manage$/);
    await press('Créer un événement', /\/events\/new/);
    await begun();
    await page.keyboard.type(name);
    // Dates are typed as the browser's own field takes them; the twelfth of the twelfth is the same in each of its orders.
    const year = new Date().getFullYear() + 1;
    await type('start_date', `1212${year}0830P`);
    await type('end_date', `1212${year}1130P`);
    await type('ticket/price', '10');
    await press('Créer le brouillon', /\/events\/[0-9a-f-]{36}$/);
    await to('Publier l’événement$');
    await page.keyboard.press('Enter');
    await page.locator('h1 .badge.ok').waitFor();
  });
});

test('somebody who is invited joins through the mail', async () => {
  const owner = await founder('equipe');
  const email = `${unique('invite')}@example.org`;
  await browse({}, async (page) => {
    await login(page, owner.email, '/manage/members');
    await page.fill('main [name=email]', email);
    await page.check('[name=role][value=sales]');
    await page.locator('form[action="/manage/members"] .primary').click();
    await did(page, 'L’invitation est partie');
    await page.locator('.lines', { hasText: email }).waitFor();
    await browse({}, async (guest) => {
      await guest.goto(link(await mail(email), '/invitation'));
      await fits(guest, 'invitation');
      await accessible(guest, 'invitation');
      await guest.click('a[href^="/signup"]');
      for (const [field, value] of [['first_name', 'Inès'], ['last_name', 'Fabre'], ['email', email], ['password', PASSWORD]]) await guest.fill(`[name=${field}]`, value);
      await guest.click('form[action="/signup"] .primary');
      await guest.waitForURL(/\/signup\/sent/);
      await guest.goto(link(await mail(email, /\/confirm/), '/confirm'));
      await guest.click('form[action="/confirm"] .primary');
      await guest.waitForURL(/\/invitation/);
      await accessible(guest, 'invitation of somebody logged in');
      await guest.click('form[action="/invitation"] .primary');
      await guest.waitForURL(/\/manage$/);
      await did(guest, 'Bienvenue dans l’équipe');
    });
    await page.reload();
    await page.locator('.lines li', { hasText: 'Inès Fabre' }).waitFor();
  });
});

test('a cancelled event tells its buyers and sells no more', async () => {
  const owner = await founder('annule');
  const event = await staged(owner);
  const email = `${unique('acheteuse')}@example.org`;
  await paid(event.id, event.type, { email });
  await browse({}, async (page) => {
    await login(page, owner.email, new URL(event.desk).pathname);
    await page.getByRole('link', { name: 'Annuler l’événement' }).click();
    await page.getByText('1 billet n’est plus valable').waitFor();
    await page.locator('main form[action$="/cancel"] .primary').click();
    await did(page, 'L’événement est annulé');
    await page.locator('h1 .badge.bad').waitFor();
    await accessible(page, 'cancelled');
    await mail(email, /annulé/i);
    await page.goto(`${BASE}/events/${event.slug}`);
    await page.getByText(/annulé/i).first().waitFor();
    assert.equal(await page.locator('button[name=more]').count(), 0);
    await accessible(page, 'cancelled event');
  });
});
