import type { FilterAddress } from '@bazaar/sdk/ui';
import type { App } from '../app/app.ts';

/** Keeps the conditions of a page's list in the query of the page's address. The page has to observe the router. */
export function filterAddress<Filter extends object>(
  page: { app: Pick<App, 'router'> },
  path: string,
  names: readonly (keyof Filter & string)[],
): FilterAddress<Filter> {
  return {
    names,
    params: () => {
      const { pathname, query } = page.app.router.location;
      return pathname === path ? Object.fromEntries(new URLSearchParams(query)) : null;
    },
    keep: (query) => page.app.router.navigate(`${path}${query}`, { replace: true }),
  };
}
