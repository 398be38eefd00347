import { isShellPath } from '../routing/router.ts';

export type LinkTarget = { kind: 'shell'; path: string } | { kind: 'elsewhere'; url: string };

/**
 * Where a click on a link leads, as seen from `address`; `null` when it is none, or stays on the page. A frame can
 * neither leave its page nor open another: the shell does it.
 */
export function targetOf(event: MouseEvent, address: string): LinkTarget | null {
  if (event.defaultPrevented || event.button > 1) return null;
  const anchor = event
    .composedPath()
    .find((node): node is HTMLAnchorElement => node instanceof HTMLAnchorElement && node.hasAttribute('href'));
  const url = anchor && URL.parse(anchor.getAttribute('href') ?? '', address);
  if (!anchor || !url || anchor.hasAttribute('download')) return null;
  const here = new URL(address);
  const samePage = url.origin === here.origin && url.pathname === here.pathname && url.search === here.search;
  const modified = event.button === 1 || event.metaKey || event.ctrlKey || event.shiftKey;
  const ownTab = modified || !['', '_self', '_top', '_parent'].includes(anchor.target);
  if (samePage && url.hash !== '' && !ownTab) return null;
  const path = url.pathname + url.search;
  if (!ownTab && url.origin === here.origin && isShellPath(path)) return { kind: 'shell', path };
  return { kind: 'elsewhere', url: url.href };
}
