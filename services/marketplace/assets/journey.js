// Fills in the one hop that only the browser can measure: from its request to our first byte.
addEventListener('load', () => {
  const [navigation] = performance.getEntriesByType('navigation');
  const target = document.getElementById('browser-time');
  if (!navigation || !target) return;
  const ms = navigation.responseStart - navigation.requestStart;
  target.value = String(ms);
  target.textContent = target.dataset.format.replace('{ms}', ms.toFixed(1));
  target.hidden = false;
});
