// Sums that follow what is chosen; the server works them out again.
const amount = (form, minor) => {
  const decimals = Number(form.dataset.decimals);
  const lang = { en: 'en-GB', ar: 'ar-u-nu-latn' }[document.documentElement.lang] ?? 'fr';
  return new Intl.NumberFormat(lang, { style: 'currency', currency: form.dataset.currency, minimumFractionDigits: decimals })
    .format(minor / 10 ** decimals);
};

const refund = document.querySelector('form[data-refund]');
if (refund) {
  const note = refund.querySelector('[data-suggested]');
  const update = () => {
    const what = refund.elements.what.value;
    for (const part of refund.querySelectorAll('[data-part]')) {
      part.hidden = part.dataset.part === 'tickets' ? what !== 'tickets' : what === 'all';
    }
    if (!note) return;
    const left = Number(refund.dataset.left);
    const chosen = [...refund.querySelectorAll('[name=tickets]:checked')].reduce((sum, box) => sum + Number(box.dataset.price), 0);
    const typed = Math.round(Number(refund.elements.amount.value.replace(',', '.').replace(/\s/g, '')) * 10 ** Number(refund.dataset.decimals));
    const sum = what === 'all' ? left : typed > 0 ? typed : what === 'tickets' ? Math.min(chosen, left) : 0;
    note.hidden = sum === 0;
    note.querySelector('output').textContent = amount(refund, sum);
  };
  refund.addEventListener('input', update);
  update();
}

const byHand = document.querySelector('form[data-by-hand]');
if (byHand) {
  const update = () => {
    const given = byHand.elements.tender.value === 'complimentary';
    const sum = [...byHand.querySelectorAll('input[data-price]')]
      .reduce((all, input) => all + Math.max(0, Number(input.value) || 0) * Number(input.dataset.price), 0);
    byHand.querySelector('[data-due] output').textContent = amount(byHand, given ? 0 : sum);
    byHand.querySelector('[data-part=reason]').hidden = !given;
  };
  byHand.addEventListener('input', update);
  update();
}
