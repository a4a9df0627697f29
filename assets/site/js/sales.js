// Figures that follow the sale while somebody looks at them.
const page = document.querySelector('[data-sales]');
const chart = page.querySelector('[data-chart]');
const drawn = (bars) => JSON.stringify(bars);
let bars = '';

function show({ texts, meters, chart: news }) {
  for (const place of page.querySelectorAll('[data-live]')) {
    const text = texts[place.dataset.live];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
  for (const meter of page.querySelectorAll('[data-meter]')) {
    const [value, max] = meters[meter.dataset.meter] ?? [];
    if (max === undefined) continue;
    meter.max = max;
    meter.value = value;
    meter.classList.toggle('warn', value >= max);
  }
  page.querySelectorAll('[data-scale]').forEach((label, index) => { label.textContent = news.scale[index]; });
  page.querySelectorAll('[data-day]').forEach((label, index) => { label.textContent = news.days[index]; });
  if (bars === drawn(news.bars)) return;
  bars = drawn(news.bars);
  for (const bar of chart.querySelectorAll('rect')) bar.remove();
  for (const { x, y, width, height, by_hand: byHand } of news.bars) {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({ class: byHand ? 'bar b2' : 'bar', x, y, width, height })) bar.setAttribute(name, value);
    chart.append(bar);
  }
}

async function look() {
  if (document.visibilityState === 'visible') {
    try {
      const answer = await fetch(page.dataset.sales, { headers: { accept: 'application/json' } });
      if (answer.ok) show(await answer.json());
      // Whoever is logged out or may no longer look is not asked about again.
      else if (answer.status < 500 && answer.status !== 429) return;
    } catch { /* no reception: the next time */ }
  }
  setTimeout(look, 5000);
}
setTimeout(look, 5000);
