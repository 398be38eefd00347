import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';
import type { TenantView } from './types.ts';

interface Asked {
  tenant: TenantView;
  reason: string;
}

interface Question {
  /** `null` while the dialog is closed. */
  asked: Asked | null;
  busy: boolean;
  changed(reason: string): void;
  close(): void;
  submit(asked: Asked): void;
}

/** The server's shortest reason. */
export const SHORTEST_REASON = 5;

/** Asks why a workspace is to be suspended. */
export function suspendDialog(question: Question) {
  return formDialog({
    ...question,
    title: ({ tenant }) => `Suspend ${tenant.name}?`,
    width: '28rem',
    content: ({ tenant, reason }) => html`<p>
        All ${tenant.members} members are signed out, nobody can sign in, and its public pages are gone, until you
        reactivate it. Its data stays.
      </p>
      <vaadin-text-area
        label="Reason"
        helper-text="Its members read it in their audit log."
        maxlength="500"
        .value=${reason}
        @input=${(event: Event) => question.changed((event.currentTarget as HTMLInputElement).value)}
      ></vaadin-text-area>`,
    button: () => 'Suspend',
    isDangerous: () => true,
    isComplete: ({ reason }) => reason.trim().length >= SHORTEST_REASON,
  });
}
