import { html } from 'lit';
import { submitOnEnter } from '../entrance.ts';
import { permissionChoice } from '../roles/permission-choice.ts';
import type { PermissionGroup } from '../roles/types.ts';

export interface KeyDraft {
  name: string;
  permissions: string[];
  /** Days until it ends; `never` for no end. */
  days: string;
}

export const EMPTY_KEY: KeyDraft = { name: '', permissions: [], days: '90' };

/** Whether there is something in it to lose. */
export function isFilledIn({ name, permissions, days }: KeyDraft): boolean {
  return name.trim() !== '' || permissions.length > 0 || days !== EMPTY_KEY.days;
}

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'For ever' },
];

interface KeyEditor {
  draft: KeyDraft;
  /** What the person may give to it. */
  groups: readonly PermissionGroup[];
  busy: boolean;
  /** What is wrong with the name. */
  error: string;
  changed(draft: KeyDraft): void;
  close(): void;
  submit(): void;
}

/** What a new key is for, how long it works, and what it may do. */
export function keyEditor({ draft, groups, busy, error, changed, close, submit }: KeyEditor) {
  const complete = draft.name.trim() !== '' && draft.permissions.length > 0;
  return html`<section class="card stack" aria-label="New key">
    <div class="form">
      <vaadin-text-field
        label="Name"
        autofocus
        helper-text="What will use it."
        required
        manual-validation
        maxlength="80"
        .value=${draft.name}
        ?invalid=${error !== ''}
        .errorMessage=${error}
        @input=${(event: Event) => {
          changed({ ...draft, name: (event.currentTarget as HTMLInputElement).value });
        }}
        @keydown=${submitOnEnter(() => {
          if (!busy && complete) submit();
        })}
      ></vaadin-text-field>
      <vaadin-select
        label="Works for"
        .items=${LIFETIMES}
        .value=${draft.days}
        @change=${(event: Event) => {
          changed({ ...draft, days: (event.currentTarget as HTMLInputElement).value });
        }}
      ></vaadin-select>
    </div>
    ${permissionChoice({
      groups,
      chosen: draft.permissions,
      may: () => true,
      changed: (permissions) => {
        changed({ ...draft, permissions });
      },
    })}
    <div class="actions end">
      <vaadin-button @click=${close}>Cancel</vaadin-button>
      <vaadin-button theme="primary" ?disabled=${busy || !complete} @click=${submit}>Make the key</vaadin-button>
    </div>
  </section>`;
}
