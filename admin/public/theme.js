// Runs before the first paint, so that a chosen colour scheme never flashes.
try {
  const scheme = localStorage.getItem('bazaar.scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage may be switched off; then the system's scheme holds.
}
