/** What the person chose; `system` follows the device. */
export type Scheme = 'light' | 'dark' | 'system';

export const SCHEMES: readonly Scheme[] = ['light', 'dark', 'system'];

const KEY = 'bazaar.scheme';

export function currentScheme(): Scheme {
  const chosen = document.documentElement.dataset.scheme;
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** Applies at once, and to later visits where the browser lets us remember. */
export function chooseScheme(scheme: Scheme): void {
  if (scheme === 'system') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
  try {
    if (scheme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, scheme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
