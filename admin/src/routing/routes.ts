import type { ScreenEntry, ShellData } from '../api/types.ts';
import { type Crumb, KERNEL_ROUTES, type KernelRoute, mayOpen } from './kernel-routes.ts';
import { bySpecificity, PathPattern } from './path-pattern.ts';
import type { Location } from './router.ts';

export interface ScreenRoute {
  kind: 'screen';
  screen: ScreenEntry;
  params: Record<string, string>;
  query: Record<string, string>;
}

export type Route =
  | ScreenRoute
  | { kind: 'page'; page: KernelRoute; params: Record<string, string> }
  | { kind: 'not-found' };

const patterns = new WeakMap<ScreenEntry, PathPattern>();

function patternOf(screen: ScreenEntry): PathPattern {
  let pattern = patterns.get(screen);
  if (!pattern) {
    pattern = new PathPattern(screen.path);
    patterns.set(screen, pattern);
  }
  return pattern;
}

/** What stands at a location for this person. The kernel's own pages come first: no plugin can take their place. */
export function resolveRoute({ pathname, query }: Location, shell: ShellData): Route {
  for (const route of KERNEL_ROUTES) {
    const match = route.pattern.match(pathname);
    if (!match) continue;
    return mayOpen(route, shell) ? { kind: 'page', page: route, params: match.params } : { kind: 'not-found' };
  }
  const screens = shell.screens.toSorted((left, right) => bySpecificity(left.path, right.path));
  for (const screen of screens) {
    const match = patternOf(screen).match(pathname);
    if (match) {
      return { kind: 'screen', screen, params: match.params, query: Object.fromEntries(new URLSearchParams(query)) };
    }
  }
  return { kind: 'not-found' };
}

/** Screens above this one, e.g. `Jobs` above `/job-board/jobs/{id}`, with their parameters filled in. */
export function parentsOf(screen: ScreenEntry, params: Record<string, string>, shell: ShellData): Crumb[] {
  const segments = screen.path.split('/');
  return shell.screens
    .filter((other) => {
      const above = other.path.split('/');
      return above.length < segments.length && above.every((segment, index) => segment === segments[index]);
    })
    .toSorted((left, right) => left.path.length - right.path.length)
    .map(({ title, path }) => ({
      title,
      path: path.replaceAll(/\{(\w+)\}/g, (_found, name: string) => encodeURIComponent(params[name] ?? '')),
    }));
}
