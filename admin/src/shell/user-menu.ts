import type { MenuBarItem, MenuBarItemSelectedEvent } from '@vaadin/menu-bar';
import { html } from 'lit';
import type { ShellData } from '../api/types.ts';
import { chooseScheme, currentScheme, SCHEMES, type Scheme } from '../theme/scheme.ts';

export const SCHEME_TITLES: Record<Scheme, string> = { light: 'Light', dark: 'Dark', system: 'System' };

type Item = MenuBarItem<{ scheme?: Scheme; signOut?: true }>;

/** `Ada Lovelace` → `AL` */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('');
}

function trigger({ name }: ShellData['user']): HTMLElement {
  const face = document.createElement('span');
  face.className = 'face';
  face.textContent = initials(name);
  face.setAttribute('aria-hidden', 'true');
  const label = document.createElement('span');
  label.className = 'name';
  label.textContent = name;
  const whole = document.createElement('span');
  whole.className = 'person';
  whole.append(face, label);
  return whole;
}

function items(user: ShellData['user']): Item[] {
  const chosen = currentScheme();
  const schemes = SCHEMES.map((scheme) => ({ text: SCHEME_TITLES[scheme], checked: scheme === chosen, scheme }));
  return [
    {
      component: trigger(user),
      children: [
        { text: user.email, disabled: true },
        { component: 'hr' },
        { text: 'Appearance', children: schemes },
        { text: 'Sign out', signOut: true },
      ],
    },
  ];
}

/** Who is signed in, the colour scheme and the way out. `changed` is called after a choice of scheme. */
export function userMenu(user: ShellData['user'], { changed, signOut }: { changed(): void; signOut(): void }) {
  return html`<vaadin-menu-bar
    class="user"
    theme="tertiary"
    aria-label="Account of ${user.name}"
    .items=${items(user)}
    @item-selected=${(event: MenuBarItemSelectedEvent<Item>) => {
      const { scheme, signOut: leaving } = event.detail.value;
      if (leaving) signOut();
      if (scheme !== undefined) {
        chooseScheme(scheme);
        changed();
      }
    }}
  ></vaadin-menu-bar>`;
}
