import type { Look } from './messages.ts';

/** How this document is told to look. */
export function currentLook(): Look {
  const { scheme = '', density = '' } = document.documentElement.dataset;
  return { scheme, density };
}

/** Makes this document look so. */
export function applyLook({ scheme, density }: Look): void {
  const { dataset } = document.documentElement;
  if (scheme === '') delete dataset.scheme;
  else dataset.scheme = scheme;
  if (density === '') delete dataset.density;
  else dataset.density = density;
}

/** Tells of every change of the look; returns the undo. */
export function onLookChange(listener: (look: Look) => void): () => void {
  const observer = new MutationObserver(() => listener(currentLook()));
  observer.observe(document.documentElement, { attributeFilter: ['data-scheme', 'data-density'] });
  return () => observer.disconnect();
}
