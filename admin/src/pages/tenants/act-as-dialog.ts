import '@vaadin/dialog';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html } from 'lit';
import { SHORTEST_REASON } from './suspend-dialog.ts';
import type { ActAs } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: ActAs | null;
  busy: boolean;
  changed(change: Partial<Pick<ActAs, 'userId' | 'reason'>>): void;
  close(): void;
  submit(asked: ActAs): void;
}

/** Asks as whom an operator wants to act, and why. */
export function actAsDialog({ asked, busy, changed, close, submit }: Question) {
  const people = (asked?.members ?? []).map(({ id, name, email, roleTitles }) => ({
    value: id,
    label: `${name} (${[email, ...roleTitles].join(', ')})`,
  }));
  const complete = asked !== null && asked.userId !== '' && asked.reason.trim().length >= SHORTEST_REASON;
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${`Act as a member of ${asked?.tenant.name ?? ''}`}
    width="28rem"
    .opened=${asked !== null}
    @closed=${close}
    ${dialogRenderer(
      () => html`<div style="display: grid; gap: var(--bz-space-4)">
        <p style="margin: 0">
          For half an hour you see and do what this person may, except over people, money, keys and sign-in. Every change
          is logged under both names.
        </p>
        <vaadin-combo-box
          label="Member"
          item-value-path="value"
          item-label-path="label"
          .items=${people}
          .value=${asked?.userId ?? ''}
          @value-changed=${(event: CustomEvent<{ value: string }>) => {
            if (asked && event.detail.value !== asked.userId) changed({ userId: event.detail.value });
          }}
        ></vaadin-combo-box>
        <vaadin-text-area
          label="Reason"
          helper-text="The workspace reads it in its audit log."
          maxlength="500"
          .value=${asked?.reason ?? ''}
          @input=${(event: Event) => changed({ reason: (event.currentTarget as HTMLInputElement).value })}
        ></vaadin-text-area>
      </div>`,
      [asked],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button theme="primary" ?disabled=${busy || !complete} @click=${() => asked && submit(asked)}>
          Act as this member
        </vaadin-button>
      `,
      [asked, busy, complete],
    )}
  ></vaadin-dialog>`;
}
