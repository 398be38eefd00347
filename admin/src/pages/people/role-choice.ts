import { html } from 'lit';
import type { RoleView } from './types.ts';

interface RoleChoice {
  roles: readonly RoleView[];
  chosen: readonly string[];
  /** Whether the person may give or take this role. */
  may(role: RoleView): boolean;
  changed(chosen: string[]): void;
}

/** Boxes for roles. */
export function roleChoice({ roles, chosen, may, changed }: RoleChoice) {
  return html`<fieldset style="border: 0; margin: 0; padding: 0; display: grid; gap: var(--bz-space-2)">
    <legend style="padding: 0; margin-block-end: var(--bz-space-2); font-weight: 550">Roles</legend>
    ${roles.map(
      (role) => html`<vaadin-checkbox
        label=${role.title}
        ?disabled=${!may(role)}
        .checked=${chosen.includes(role.name)}
        @change=${(event: Event) => {
          const { checked } = event.currentTarget as HTMLInputElement;
          const others = chosen.filter((name) => name !== role.name);
          changed(checked ? [...others, role.name] : others);
        }}
      ></vaadin-checkbox>`,
    )}
  </fieldset>`;
}
