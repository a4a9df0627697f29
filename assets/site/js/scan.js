// The gate: camera, scanners that type, verdicts with sound. Every scan is the page's own form, so the page works without.
const form = document.querySelector('#scan'), input = form.querySelector('#qr'), camera = document.querySelector('[data-camera]');
const token = form.querySelector('[name=csrf]').value, offline = document.querySelector('[data-offline]');
const video = camera.querySelector('video'), hint = camera.querySelector('[data-hint]'), torch = camera.querySelector('[data-torch]'), start = camera.querySelector('[data-start]');
let waiting = 0, line = Promise.resolve(), last = { code: '', at: 0 }, audio;

// Two high tones for yes, one long low for no, two low for "already": told apart without looking.
const tones = { ok: [[880, 0, .09], [1320, .1, .12]], warn: [[440, 0, .12], [440, .18, .12]], bad: [[196, 0, .5]] };
function sound(kind) {
  try {
    audio ??= new AudioContext();
    for (const [pitch, at, length] of tones[kind] ?? []) {
      const tone = audio.createOscillator(), gain = audio.createGain(), now = audio.currentTime + at;
      tone.frequency.value = pitch; tone.type = kind === 'bad' ? 'square' : 'sine'; gain.gain.value = .18;
      tone.connect(gain).connect(audio.destination); tone.start(now); tone.stop(now + length);
    }
  } catch { /* No sound here: icon, words and colour tell. */ }
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(kind === 'ok' ? 60 : [120, 80, 120]);
}

// One after the other, and none is dropped: a scanner may be faster than the network.
function send(body) {
  waiting++;
  line = line.then(() => judge(body)).finally(() => waiting--);
}

async function judge(body) {
  for (;;) {
    try {
      const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
      // The server is busy or away for a moment: the scan is kept, and goes out again.
      if (answer.status === 429 || answer.status >= 500) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      // Another page is an answer of its own: the session ended, for one.
      if (!page.getElementById('verdict')) return location.reload();
      for (const id of ['verdict', 'count', 'lasts']) document.getElementById(id).replaceWith(page.getElementById(id));
      offline.hidden = true;
      return sound(document.getElementById('verdict').dataset.kind);
    } catch {
      // The same nonce goes out again, so a scan that did arrive counts once.
      offline.hidden = false;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

function scan(code) {
  const body = new URLSearchParams(new FormData(form));
  body.set('qr_data', code);
  body.set('nonce', crypto.randomUUID?.() ?? String(Math.random()).slice(2));
  send(body);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const code = input.value.trim();
  input.value = '';
  if (code) scan(code);
}, true);
document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post' || event.target === form) return;
  event.preventDefault();
  send(new URLSearchParams(new FormData(event.target)));
});
// A scanner types wherever the focus is: what is typed outside of fields goes into its field.
document.addEventListener('keydown', (event) => {
  const here = document.activeElement.tagName, presses = event.key === ' ' && /^(BUTTON|SUMMARY|A)$/.test(here);
  if (event.key.length === 1 && !presses && !event.ctrlKey && !event.metaKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(here)) input.focus();
});

// A code that stays before the camera is one scan, however long it stays.
function seen(code) {
  const now = Date.now(), same = code === last.code && now - last.at < 4000;
  if (!code || waiting) return;
  last = { code, at: now };
  if (!same) scan(code);
}

async function reader() {
  if ('BarcodeDetector' in window && (await BarcodeDetector.getSupportedFormats()).includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async () => (await detector.detect(video))[0]?.rawValue;
  }
  // Browsers without a reader of their own send small grey pictures.
  const canvas = document.createElement('canvas'), paint = canvas.getContext('2d', { willReadFrequently: true });
  return async () => {
    const scale = Math.min(1, 640 / video.videoWidth);
    canvas.width = video.videoWidth * scale; canvas.height = video.videoHeight * scale;
    paint.filter = 'grayscale(1)';
    paint.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', .7));
    const answer = await fetch(camera.dataset.frame, { method: 'POST', body: picture, headers: { 'content-type': 'image/jpeg', 'x-csrf-token': token } });
    return answer.ok ? (await answer.json()).code : null;
  };
}

async function open() {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
  video.srcObject = stream; video.hidden = false; start.hidden = true; hint.hidden = true;
  await video.play();
  const track = stream.getVideoTracks()[0];
  if (track.getCapabilities?.().torch) {
    torch.hidden = false;
    torch.onclick = () => {
      const on = torch.getAttribute('aria-pressed') !== 'true';
      torch.setAttribute('aria-pressed', String(on));
      track.applyConstraints({ advanced: [{ torch: on }] });
    };
  }
  const read = await reader();
  const look = async () => {
    if (document.visibilityState === 'visible' && !waiting) { try { seen(await read()); } catch { /* The next picture may do. */ } }
    setTimeout(look, 250);
  };
  look();
}
const denied = () => { hint.hidden = false; hint.textContent = camera.dataset.denied; start.hidden = false; };
if (navigator.mediaDevices?.getUserMedia) {
  start.addEventListener('click', () => open().catch(denied));
  open().catch(denied);
} else denied();

const wake = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => {});
document.addEventListener('visibilitychange', wake);
wake();
const kind = document.getElementById('verdict').dataset.kind;
if (kind) sound(kind);
