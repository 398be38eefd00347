import type { ScreenEntry, ShellData } from '../api/types.ts';
import { bySpecificity, PathPattern } from './path-pattern.ts';
import type { Location } from './router.ts';

export type KernelPage = 'home' | 'tasks' | 'plugins' | 'plugin' | 'audit';

export interface ScreenRoute {
  kind: 'screen';
  screen: ScreenEntry;
  params: Record<string, string>;
  query: Record<string, string>;
}

export type Route =
  | ScreenRoute
  | { kind: 'page'; page: KernelPage; params: Record<string, string> }
  | { kind: 'not-found' };

interface KernelRoute {
  page: KernelPage;
  pattern: PathPattern;
  title: string;
  icon: string;
  /** Kernel permission without which the page is not offered. */
  permission?: string;
}

export const KERNEL_ROUTES: readonly KernelRoute[] = [
  { page: 'home', pattern: new PathPattern('/'), title: 'Home', icon: 'house' },
  { page: 'tasks', pattern: new PathPattern('/tasks'), title: 'Tasks', icon: 'list-checks' },
  {
    page: 'plugins',
    pattern: new PathPattern('/admin/plugins'),
    title: 'Plugins',
    icon: 'puzzle',
    permission: 'core:plugins.read',
  },
  {
    page: 'plugin',
    pattern: new PathPattern('/admin/plugins/{plugin}'),
    title: 'Plugin',
    icon: 'puzzle',
    permission: 'core:plugins.read',
  },
  {
    page: 'audit',
    pattern: new PathPattern('/admin/audit'),
    title: 'Audit log',
    icon: 'scroll-text',
    permission: 'core:audit.read',
  },
];

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
    if (route.permission !== undefined && !shell.user.permissions.includes(route.permission)) {
      return { kind: 'not-found' };
    }
    return { kind: 'page', page: route.page, params: match.params };
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

export interface Crumb {
  title: string;
  /** Absent for what is not a page of its own. */
  path?: string;
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
