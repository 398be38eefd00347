import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import type { EmailField } from '@vaadin/email-field';
import { html } from 'lit';
import { roleChoice } from './role-choice.ts';
import type { RoleView } from './types.ts';

export interface NewInvitation {
  email: string;
  roles: string[];
}

interface InviteQuestion {
  /** `null` while the dialog is closed. */
  draft: NewInvitation | null;
  roles: readonly RoleView[];
  may(role: RoleView): boolean;
  busy: boolean;
  /** JSON pointer → what is wrong. */
  errors: ReadonlyMap<string, string>;
  changed(draft: NewInvitation): void;
  close(): void;
  submit(draft: NewInvitation): void;
}

/** Asks whom to invite, and as what. */
export function inviteDialog({ draft, roles, may, busy, errors, changed, close, submit }: InviteQuestion) {
  const incomplete = draft === null || draft.email === '' || draft.roles.length === 0;
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title="Invite somebody"
    width="28rem"
    .opened=${draft !== null}
    @closed=${close}
    ${dialogRenderer(
      () =>
        draft === null
          ? html``
          : html`<div style="display: grid; gap: var(--bz-space-5)">
              <vaadin-email-field
                autofocus
                label="E-mail"
                autocomplete="off"
                required
                manual-validation
                .value=${draft.email}
                ?invalid=${errors.has('/email')}
                .errorMessage=${errors.get('/email') ?? ''}
                @input=${(event: Event) => changed({ ...draft, email: (event.currentTarget as EmailField).value })}
              ></vaadin-email-field>
              ${roleChoice({ roles, chosen: draft.roles, may, changed: (chosen) => changed({ ...draft, roles: chosen }) })}
            </div>`,
      [draft, roles, errors],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button
          theme="primary"
          ?disabled=${busy || incomplete}
          @click=${() => draft && submit({ ...draft, email: draft.email.trim() })}
        >
          Send invitation
        </vaadin-button>
      `,
      [draft, busy],
    )}
  ></vaadin-dialog>`;
}
