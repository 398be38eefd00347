import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ShellData } from '../api/types.ts';
import { pluginName } from '../plugin-host/plugin-name.ts';
import { type KernelRoute, routesOf, type Section } from '../routing/kernel-routes.ts';

interface NavigationItem {
  title: string;
  icon: string;
  path: string;
  badge?: number;
}

export interface NavigationGroup {
  /** Absent for the first, unnamed group. */
  title?: string;
  items: NavigationItem[];
}

function kernelItem({ page, title, icon, pattern }: KernelRoute, shell: ShellData): NavigationItem {
  const badge = page === 'tasks' && shell.openTasks > 0 ? { badge: shell.openTasks } : {};
  return { title, icon, path: pattern.path, ...badge };
}

/**
 * The menu of this person: home and tasks, each plugin's entries, administration, what operators do. Groups without
 * items are left out.
 */
export function navigationGroups(shell: ShellData): NavigationGroup[] {
  const byPlugin = Map.groupBy(
    shell.navigation.toSorted((left, right) => left.order - right.order),
    ({ plugin }) => plugin,
  );
  const plugins = [...byPlugin].map(([plugin, entries]) => ({
    title: pluginName(shell, plugin),
    items: entries.map(({ title, icon, path }) => ({ title, icon, path })),
  }));
  const kernel = (section: Section) => routesOf(section, shell).map((route) => kernelItem(route, shell));
  const groups: NavigationGroup[] = [
    { items: kernel('workspace') },
    ...plugins,
    { title: 'Administration', items: kernel('administration') },
    { title: 'Platform', items: kernel('platform') },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** The entry that stands for a path: the longest one it lies below. */
export function currentEntry(groups: readonly NavigationGroup[], pathname: string): string | null {
  const paths = groups.flatMap(({ items }) => items.map(({ path }) => path));
  const above = paths.filter((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));
  return above.toSorted((left, right) => right.length - left.length)[0] ?? null;
}

export function navigationMenu(groups: readonly NavigationGroup[], pathname: string) {
  const current = currentEntry(groups, pathname);
  return html`<nav class="menu" aria-label="Main">
    ${groups.map(
      ({ title, items }, index) => html`
        ${title === undefined ? nothing : html`<h2 id="group-${index}">${title}</h2>`}
        <ul aria-labelledby=${ifDefined(title === undefined ? undefined : `group-${index}`)}>
          ${items.map(
            ({ title: label, icon, path, badge }) => html`<li>
              <a href=${path} aria-current=${ifDefined(path === current ? 'page' : undefined)}>
                <bazaar-icon name=${icon}></bazaar-icon>
                <span>${label}</span>
                ${badge === undefined ? nothing : html`<span class="chip info">${badge}<span class="visually-hidden"> open</span></span>`}
              </a>
            </li>`,
          )}
        </ul>
      `,
    )}
  </nav>`;
}
