import type { EmailField } from '@vaadin/email-field';
import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
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
export function inviteDialog({ draft, roles, may, errors, changed, submit, ...question }: InviteQuestion) {
  return formDialog({
    ...question,
    asked: draft,
    title: () => 'Invite somebody',
    width: '28rem',
    content: (asked) => html`<vaadin-email-field
        autofocus
        label="E-mail"
        autocomplete="off"
        required
        manual-validation
        .value=${asked.email}
        ?invalid=${errors.has('/email')}
        .errorMessage=${errors.get('/email') ?? ''}
        @input=${(event: Event) => changed({ ...asked, email: (event.currentTarget as EmailField).value })}
      ></vaadin-email-field>
      ${roleChoice({ roles, chosen: asked.roles, may, changed: (chosen) => changed({ ...asked, roles: chosen }) })}`,
    shows: [roles, errors],
    button: () => 'Send invitation',
    isComplete: ({ email, roles: chosen }) => email !== '' && chosen.length > 0,
    submit: (asked) => submit({ ...asked, email: asked.email.trim() }),
  });
}
