import type { EmailField } from '@vaadin/email-field';
import { html } from 'lit';
import { formDialog } from '../form-dialog.ts';

interface EmailQuestion {
  /** What is typed; `null` while the dialog is closed. */
  email: string | null;
  busy: boolean;
  changed(email: string): void;
  close(): void;
  submit(email: string): void;
}

/** Asks for another address to sign in with. */
export function emailDialog({ email, changed, ...question }: EmailQuestion) {
  return formDialog({
    ...question,
    asked: email,
    title: () => 'Another e-mail address',
    width: '26rem',
    content: (typed) => html`<p>
        We write to the address you have now and to the new one. It changes when both have agreed.
      </p>
      <vaadin-email-field
        autofocus
        label="New address"
        autocomplete="email"
        .value=${typed}
        @input=${(event: Event) => changed((event.currentTarget as EmailField).value)}
      ></vaadin-email-field>`,
    button: () => 'Ask both addresses',
    isComplete: (typed) => typed !== '',
  });
}
