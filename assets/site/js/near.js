// "Near me": asks the device where it is when the button is pressed, never before.
for (const button of document.querySelectorAll('[data-near]')) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.setAttribute('aria-busy', 'true');
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      // Two decimals are a kilometre: nearer than that nobody need know.
      const query = new URLSearchParams(location.search);
      for (const name of ['page', 'cursor', 'city', 'ordering']) query.delete(name);
      query.set('near', `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`);
      location.assign(`${button.dataset.near}?${query}`);
    }, () => {
      button.removeAttribute('aria-busy');
      button.disabled = true;
      button.querySelector('span').textContent = button.dataset.refused;
    }, { maximumAge: 600_000, timeout: 10_000 });
  });
}
