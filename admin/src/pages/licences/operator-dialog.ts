import '@vaadin/dialog';
import '@vaadin/integer-field';
import '@vaadin/text-field';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing } from 'lit';
import type { PlatformLicenceView } from './types.ts';

/** What an operator is about to do with a licence. */
export interface OperatorWork {
  kind: 'extend-trial' | 'revoke' | 'reactivate' | 'grant';
  licence: PlatformLicenceView;
  days: number;
  seats: number | null;
  reason: string;
}

interface OperatorQuestion {
  work: OperatorWork | null;
  busy: boolean;
  changed(change: Partial<OperatorWork>): void;
  close(): void;
  submit(work: OperatorWork): void;
}

const WORDS: Record<OperatorWork['kind'], { title: string; text: string; button: string }> = {
  'extend-trial': {
    title: 'Extend the trial',
    text: 'The days are added to its end, or count from now when it has ended.',
    button: 'Extend',
  },
  revoke: {
    title: 'Revoke the licence',
    text: 'Nobody in this workspace can use the plugin from this moment on. Its data is kept.',
    button: 'Revoke',
  },
  reactivate: {
    title: 'Reactivate the licence',
    text: 'It goes on as it was before it was revoked.',
    button: 'Reactivate',
  },
  grant: {
    title: 'Give a licence',
    text: 'For ever and without payment, in the place of what there is. A subscription with the payment provider is not ended by it.',
    button: 'Give licence',
  },
};

const textOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;

function numberOf(event: Event): number | null {
  const text = textOf(event);
  return text === '' ? null : Number(text);
}

function isComplete({ kind, days, reason }: OperatorWork): boolean {
  return kind === 'extend-trial' ? Number.isInteger(days) && days >= 1 && days <= 365 : reason.trim() !== '';
}

export function operatorDialog({ work, busy, changed, close, submit }: OperatorQuestion) {
  const words = work ? WORDS[work.kind] : null;
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${words?.title ?? ''}
    width="28rem"
    .opened=${work !== null}
    @closed=${close}
    ${dialogRenderer(
      () =>
        work && words
          ? html`<div style="display: grid; gap: var(--bz-space-4)">
              <p style="margin: 0"><strong>${work.licence.plugin}</strong> of ${work.licence.tenant.name}. ${words.text}</p>
              ${
                work.kind === 'extend-trial'
                  ? html`<vaadin-integer-field
                      label="Days"
                      min="1"
                      max="365"
                      step-buttons-visible
                      .value=${String(work.days)}
                      @input=${(event: Event) => changed({ days: numberOf(event) ?? 0 })}
                      @change=${(event: Event) => changed({ days: numberOf(event) ?? 0 })}
                    ></vaadin-integer-field>`
                  : html`<vaadin-text-field
                      label="Reason"
                      maxlength="500"
                      helper-text="Stands in the audit log of the workspace."
                      .value=${work.reason}
                      @input=${(event: Event) => changed({ reason: textOf(event) })}
                    ></vaadin-text-field>`
              }
              ${
                work.kind === 'grant'
                  ? html`<vaadin-integer-field
                      label="Seats"
                      min="0"
                      helper-text="Empty for any number of people."
                      .value=${work.seats === null ? '' : String(work.seats)}
                      @input=${(event: Event) => changed({ seats: numberOf(event) })}
                    ></vaadin-integer-field>`
                  : nothing
              }
            </div>`
          : nothing,
      [work],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button
          theme=${work?.kind === 'revoke' ? 'primary error' : 'primary'}
          ?disabled=${busy || work === null || !isComplete(work)}
          @click=${() => work && submit(work)}
        >
          ${words?.button ?? ''}
        </vaadin-button>
      `,
      [work, busy],
    )}
  ></vaadin-dialog>`;
}
