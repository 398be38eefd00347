import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import type { EmailField } from '@vaadin/email-field';
import { html } from 'lit';

interface EmailQuestion {
  /** What is typed; `null` while the dialog is closed. */
  email: string | null;
  busy: boolean;
  changed(email: string): void;
  close(): void;
  submit(email: string): void;
}

/** Asks for another address to sign in with. */
export function emailDialog({ email, busy, changed, close, submit }: EmailQuestion) {
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title="Another e-mail address"
    width="26rem"
    .opened=${email !== null}
    @closed=${close}
    ${dialogRenderer(
      () => html`<div style="display: grid; gap: var(--bz-space-4)">
        <p style="margin: 0">
          We write to the address you have now and to the new one. It changes when both have agreed.
        </p>
        <vaadin-email-field
autofocus
          label="New address"
          autocomplete="email"
          .value=${email ?? ''}
          @input=${(event: Event) => changed((event.currentTarget as EmailField).value)}
        ></vaadin-email-field>
      </div>`,
      [email],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button theme="primary" ?disabled=${busy || !email} @click=${() => email && submit(email)}>
          Ask both addresses
        </vaadin-button>
      `,
      [email, busy],
    )}
  ></vaadin-dialog>`;
}
