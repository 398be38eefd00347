import { css, html, nothing } from 'lit';
import type { PermissionGroup } from './types.ts';

interface PermissionChoice {
  groups: readonly PermissionGroup[];
  chosen: readonly string[];
  /** Held already in another way, e.g. from the plugin: shown as chosen, and not to be changed. */
  given?: readonly string[];
  /** Whether the person may hand a permission out. */
  may(name: string): boolean;
  changed(chosen: string[]): void;
}

export const permissionStyles = css`
  .permissions {
    columns: 3 16rem;
    column-gap: var(--bz-space-5);
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
    display: grid;
    gap: var(--bz-space-2);
    align-content: start;
    break-inside: avoid;
    padding-block-end: var(--bz-space-5);
  }
  legend {
    padding: 0;
    margin-block-end: var(--bz-space-2);
    font-weight: 600;
  }
`;

/** Boxes for permissions, by plugin. */
export function permissionChoice({ groups, chosen, given = [], may, changed }: PermissionChoice) {
  return html`<div class="permissions">
    ${groups.map(
      ({ title, permissions }) => html`<fieldset>
        <legend>${title}</legend>
        ${permissions.map(({ name, title: what }) => {
          const fixed = given.includes(name);
          const held = fixed || chosen.includes(name);
          return html`<vaadin-checkbox
            label=${what}
            helper-text=${fixed ? 'Given by the plugin' : nothing}
            ?disabled=${fixed || (!held && !may(name))}
            .checked=${held}
            @change=${(event: Event) => {
              const { checked } = event.currentTarget as HTMLInputElement;
              const others = chosen.filter((one) => one !== name);
              changed(checked ? [...others, name] : others);
            }}
          ></vaadin-checkbox>`;
        })}
      </fieldset>`,
    )}
  </div>`;
}
