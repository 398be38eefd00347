import type { MenuBarItem, MenuBarItemSelectedEvent } from '@vaadin/menu-bar';
import { html, render } from 'lit';
import type { ShellData } from '../api/types.ts';
import { face } from '../pictures/face.ts';
import { routesOf } from '../routing/kernel-routes.ts';
import { chooseScheme, currentScheme, SCHEMES, type Scheme } from '../theme/scheme.ts';

export const SCHEME_TITLES: Record<Scheme, string> = { light: 'Light', dark: 'Dark', system: 'System' };

/** A workspace of the person. */
export interface Workspace {
  slug: string;
  name: string;
}

type Item = MenuBarItem<{ scheme?: Scheme; path?: string; switchTo?: string; newWorkspace?: true; signOut?: true }>;

function trigger(user: ShellData['user']): HTMLElement {
  const whole = document.createElement('span');
  whole.className = 'person';
  render(html`${face(user)}<span class="name">${user.name}</span>`, whole);
  return whole;
}

function workspaceItems(shell: ShellData, workspaces: readonly Workspace[]): Item[] {
  const another: Item = { text: 'New workspace…', newWorkspace: true };
  if (workspaces.length < 2) return [another];
  const children: Item[] = workspaces.map(({ slug, name }) =>
    slug === shell.tenant.slug ? { text: name, checked: true } : { text: name, switchTo: slug },
  );
  return [{ text: 'Switch workspace', children: [...children, { component: 'hr' }, another] }];
}

function items(shell: ShellData, workspaces: readonly Workspace[]): Item[] {
  const chosen = currentScheme();
  const schemes = SCHEMES.map((scheme) => ({ text: SCHEME_TITLES[scheme], checked: scheme === chosen, scheme }));
  const pages = routesOf('account', shell).map(({ title, pattern }) => ({ text: title, path: pattern.path }));
  return [
    {
      component: trigger(shell.user),
      children: [
        { text: shell.user.email, disabled: true },
        { component: 'hr' },
        ...pages,
        ...workspaceItems(shell, workspaces),
        { text: 'Appearance', children: schemes },
        { component: 'hr' },
        { text: 'Sign out', signOut: true },
      ],
    },
  ];
}

interface UserMenuActions {
  /** After a choice of the colour scheme. */
  changed(): void;
  open(path: string): void;
  switchTo(slug: string): void;
  newWorkspace(): void;
  signOut(): void;
}

/** Who is signed in: their own pages, their other workspaces, the colour scheme and the way out. */
export function userMenu(shell: ShellData, workspaces: readonly Workspace[], actions: UserMenuActions) {
  return html`<vaadin-menu-bar
    class="user"
    theme="tertiary"
    aria-label="Account of ${shell.user.name}"
    .items=${items(shell, workspaces)}
    @item-selected=${(event: MenuBarItemSelectedEvent<Item>) => {
      const { scheme, path, switchTo, newWorkspace, signOut } = event.detail.value;
      if (signOut) actions.signOut();
      if (path !== undefined) actions.open(path);
      if (switchTo !== undefined) actions.switchTo(switchTo);
      if (newWorkspace) actions.newWorkspace();
      if (scheme !== undefined) {
        chooseScheme(scheme);
        actions.changed();
      }
    }}
  ></vaadin-menu-bar>`;
}
