// Figures that follow what happens while somebody looks at them. Without it the page tells how things stood when it came.
const place = document.querySelector('[data-stream]'), state = document.querySelector('[data-live-state]');
const told = document.querySelector('[data-live-told]');
const drawn = (bars) => JSON.stringify(bars);
let bars = '', source, watch, again, said = { at: 0, text: '' };

function show({ texts = {}, meters = {}, chart: news }) {
  for (const here of document.querySelectorAll('[data-live]')) {
    const text = texts[here.dataset.live];
    if (text !== undefined && here.textContent !== text) here.textContent = text;
  }
  for (const meter of document.querySelectorAll('[data-meter]')) {
    const [value, max] = meters[meter.dataset.meter] ?? [];
    if (max === undefined) continue;
    meter.max = max;
    meter.value = value;
    meter.classList.toggle('warn', value >= max);
  }
  if (texts.told) tell(texts.told);
  if (news) draw(news);
}

// Whoever hears the page hears a change, but no more often than every half minute.
function tell(text) {
  const first = !said.at;
  clearTimeout(said.timer);
  if (!told || text === said.text) return;
  const speak = () => { if (!first) told.textContent = text; said = { at: Date.now(), text }; };
  if (first) speak(); else said.timer = setTimeout(speak, Math.max(2000, said.at + 30_000 - Date.now()));
}

function draw(news) {
  const chart = document.querySelector('[data-chart]');
  if (!chart || bars === drawn(news.bars)) return;
  bars = drawn(news.bars);
  document.querySelectorAll('[data-scale]').forEach((label, index) => { label.textContent = news.scale[index]; });
  document.querySelectorAll('[data-day]').forEach((label, index) => { label.textContent = news.days[index]; });
  for (const bar of chart.querySelectorAll('rect')) bar.remove();
  for (const { x, y, width, height, by_hand: byHand } of news.bars) {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({ class: byHand ? 'bar b2' : 'bar', x, y, width, height })) bar.setAttribute(name, value);
    chart.append(bar);
  }
}

function stands(how) {
  if (!state) return;
  state.hidden = how === 'closed';
  for (const words of state.querySelectorAll('[data-when]')) words.hidden = words.dataset.when !== how;
}

// The server says something every five seconds: who hears nothing has lost it, also where the network does not tell.
const SILENCE = 16_000;

function heard() {
  stands('on');
  clearTimeout(watch);
  watch = setTimeout(() => { stands('off'); reopen(0); }, SILENCE);
}

function lost() {
  stands('off');
  clearTimeout(watch);
  watch = setTimeout(() => reopen(0), SILENCE);
}

function close() {
  source?.close();
  clearTimeout(watch);
  clearTimeout(again);
  source = undefined;
}

function reopen(pause) {
  close();
  again = setTimeout(open, pause);
}

function open() {
  if (!place || source || document.visibilityState !== 'visible') return;
  source = new EventSource(place.dataset.stream);
  source.addEventListener('figures', (event) => { heard(); show(JSON.parse(event.data)); });
  source.addEventListener('beat', (event) => { heard(); show(JSON.parse(event.data)); });
  source.addEventListener('error', () => {
    lost();
    // While the browser tries by itself there is nothing to do.
    if (source?.readyState === EventSource.CLOSED) refused();
  });
  // Until then nothing is lost.
  watch = setTimeout(lost, 3000);
}

// No stream: what the page asks for itself says why. Whoever is logged out or may no longer look is not asked about again.
async function refused() {
  close();
  try {
    const answer = await fetch(place.dataset.figures ?? location.href, { headers: { accept: 'application/json, text/html' } });
    if (!answer.ok && answer.status < 500 && answer.status !== 429) return stands('closed');
    if (answer.ok && answer.headers.get('content-type')?.startsWith('application/json')) show(await answer.json());
  } catch { /* No reception: the next time. */ }
  again = setTimeout(open, 10_000);
}

// A page that nobody sees asks for nothing, and holds no connection that others need.
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') open(); else { close(); stands('closed'); } });
addEventListener('pagehide', close);
addEventListener('pageshow', (event) => { if (event.persisted) open(); });
open();
