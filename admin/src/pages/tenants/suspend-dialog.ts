import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html } from 'lit';
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
export function suspendDialog({ asked, busy, changed, close, submit }: Question) {
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${`Suspend ${asked?.tenant.name ?? ''}?`}
    width="28rem"
    .opened=${asked !== null}
    @closed=${close}
    ${dialogRenderer(
      () => html`<div style="display: grid; gap: var(--bz-space-4)">
        <p style="margin: 0">
          All ${asked?.tenant.members} members are signed out, nobody can sign in, and its public pages are gone, until
          you reactivate it. Its data stays.
        </p>
        <vaadin-text-area
          label="Reason"
          helper-text="Its members read it in their audit log."
          maxlength="500"
          .value=${asked?.reason ?? ''}
          @input=${(event: Event) => changed((event.currentTarget as HTMLInputElement).value)}
        ></vaadin-text-area>
      </div>`,
      [asked],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button
          theme="primary error"
          ?disabled=${busy || (asked?.reason.trim().length ?? 0) < SHORTEST_REASON}
          @click=${() => asked && submit(asked)}
        >
          Suspend
        </vaadin-button>
      `,
      [asked, busy],
    )}
  ></vaadin-dialog>`;
}
