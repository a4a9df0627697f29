// A visitor finds an event: with and without script, by keyboard, by mistake, nearby; and takes the list along.
import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { BASE, accessible, api, browse, fits, founder, staged, unique } from './support.mjs';

const it = {};

before(async () => {
  const owner = await founder('pres', {});
  it.name = unique('Guinguette');
  await staged(owner, { name: it.name, city: 'Bourges', latitude: 47.0844, longitude: 2.3917, category: 'festival' });
  it.slug = owner.organization.slug;
  // What was published just now is on the lists of this process at once.
  assert.equal((await api('GET', `/api/catalog/events?organization=${it.slug}`)).count, 1);
});

const tiles = (page) => page.locator('.tiles h3').allInnerTexts();

for (const javaScriptEnabled of [true, false]) {
  test(`filters narrow, are seen, and are taken off again, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
    await browse({ javaScriptEnabled }, async (page) => {
      await page.goto(`${BASE}/?lang=fr`);
      assert.equal(await page.locator('[data-near]').isVisible(), javaScriptEnabled);
      await page.fill('#f-search', 'guingette');
      await page.press('#f-search', 'Enter');
      await page.waitForURL(/search=guingette/);
      assert.deepEqual(await tiles(page), [it.name]);
      assert.match(await page.locator('.alert').innerText(), /Résultats pour «\sguinguette/);
      await page.getByRole('link', { name: 'Chercher plutôt' }).click();
      await page.waitForURL(/exact=on/);
      assert.deepEqual(await tiles(page), []);
      assert.equal(await page.inputValue('#f-search'), 'guingette', 'what was typed is still there');
      await page.locator('.empty a').click();
      await page.waitForURL(`${BASE}/`);
      await page.locator('.chips').getByRole('link', { name: 'Festival' }).click();
      await page.waitForURL(/category=festival/);
      await page.locator('.chips').getByRole('link', { name: /^Bourges/ }).click();
      await page.waitForURL(/city=Bourges/);
      assert.deepEqual(await tiles(page), [it.name]);
      await fits(page, 'narrowed');
      // By keyboard: the first chip takes its filter off.
      await page.locator('.chips.active a').first().focus();
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => !url.search.includes('category'));
      assert.ok((await page.locator('.chips.active a').allInnerTexts()).some((words) => words.includes('Bourges')));
    });
  });
}

test('what is near is found when the visitor wants it', async () => {
  const permissions = ['geolocation'], geolocation = { latitude: 47.0901, longitude: 2.4001 };
  await browse({ permissions, geolocation }, async (page) => {
    await page.goto(`${BASE}/?lang=fr`);
    await page.locator('[data-near]').click();
    await page.waitForURL(/near=47.09%2C2.40/);
    assert.deepEqual(await tiles(page), [it.name]);
    assert.match(await page.locator('.tiles').innerText(), /à 1 km|à moins de 1 km/);
    await page.locator('details.more summary').click();
    await page.selectOption('#f-radius_km', '50');
    await page.locator('.finder button.primary').click();
    await page.waitForURL(/radius_km=50/);
    assert.match(await page.locator('.chips.active').innerText(), /50 km/);
    await accessible(page, 'near');
  });
  await browse({ geolocation, permissions: [] }, async (page) => {
    await page.goto(`${BASE}/?lang=fr`);
    await page.locator('[data-near]').click();
    await page.getByText('Votre appareil ne dit pas où vous êtes.').waitFor();
  });
});

test('the list can be taken along, and says so to other sites', async () => {
  await browse({}, async (page) => {
    await page.goto(`${BASE}/o/${it.slug}?category=festival&lang=fr`);
    const feeds = await page.locator('head link[rel=alternate][type]').evaluateAll((links) => links.map((link) => [link.type, link.href]));
    assert.deepEqual(feeds.map(([type]) => type), ['application/rss+xml', 'text/calendar']);
    for (const [type, address] of feeds) {
      const answer = await page.request.get(address);
      assert.ok(answer.headers()['content-type'].startsWith(type), address);
      assert.ok((await answer.text()).includes(it.name), address);
    }
    const shown = await page.getByRole('link', { name: 'Agenda' }).getAttribute('href');
    assert.equal(new URL(shown, BASE).href, feeds[1][1]);
    // An event's page: the browser takes the data block for data, whatever its policy for scripts.
    await page.locator('.tiles a').first().click();
    await page.waitForURL(/\/events\//);
    const data = await page.locator('script[type="application/ld+json"]').evaluate((block) => JSON.parse(block.textContent));
    assert.equal(data.name, it.name);
  });
});
