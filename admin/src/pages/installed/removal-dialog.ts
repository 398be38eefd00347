import '@vaadin/dialog';
import '@vaadin/integer-field';
import '@vaadin/text-field';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing } from 'lit';
import { isConfirmed, typedConfirmation } from '../privacy/typed-confirmation.ts';
import { impactFacts } from './describe.ts';
import type { Removal } from './types.ts';

interface Question {
  /** `null` while the dialog is closed. */
  asked: Removal | null;
  busy: boolean;
  nameOf(plugin: string): string;
  changed(change: Partial<Removal>): void;
  close(): void;
  submit(asked: Removal): void;
}

const MOST_DAYS = 3650;

function isComplete({ kind, days, typed, plugin }: Removal): boolean {
  if (kind === 'purge') return isConfirmed({ expected: plugin.name, typed });
  return days !== null && Number.isInteger(days) && days >= 1 && days <= MOST_DAYS;
}

function choice({ kind, days, typed, plugin }: Removal, changed: Question['changed']) {
  if (kind === 'purge') {
    return typedConfirmation({
      expected: plugin.name,
      typed,
      problem: null,
      changed: (text) => changed({ typed: text }),
    });
  }
  return html`<vaadin-integer-field
    label="Days for which its data is kept"
    min="1"
    max=${MOST_DAYS}
    step-buttons-visible
    .value=${days === null ? '' : String(days)}
    @value-changed=${(event: CustomEvent<{ value: string }>) => {
      const { value } = event.detail;
      const wanted = value === '' ? null : Number(value);
      if (wanted !== days) changed({ days: wanted });
    }}
  ></vaadin-integer-field>`;
}

/** Shows what goes with a plugin before it is uninstalled, or deleted with all it has kept. */
export function removalDialog({ asked, busy, nameOf, changed, close, submit }: Question) {
  const isLast = asked?.kind === 'purge';
  const name = asked?.plugin.name ?? '';
  return html`<vaadin-dialog
    no-close-on-outside-click
    header-title=${isLast ? `Delete ${name} for good?` : `Uninstall ${name}?`}
    width="32rem"
    .opened=${asked !== null}
    @closed=${close}
    ${dialogRenderer(
      () =>
        asked
          ? html`<div class="stack">
              <p>
                ${
                  isLast
                    ? 'What it has kept is written to a file of the server first, and deleted then. It cannot be restored any more.'
                    : 'It stops at once for everybody. Its data is put aside, and both come back when you restore it.'
                }
              </p>
              <dl class="facts">
                ${impactFacts(asked.impact, nameOf).map(
                  ([of, what]) => html`<dt>${of}</dt>
                    <dd>${what}</dd>`,
                )}
              </dl>
              ${choice(asked, changed)}
            </div>`
          : nothing,
      [asked, busy],
    )}
    ${dialogFooterRenderer(
      () => html`
        <vaadin-button @click=${close}>Cancel</vaadin-button>
        <vaadin-button
          theme="primary error"
          ?disabled=${busy || asked === null || !isComplete(asked)}
          @click=${() => asked && submit(asked)}
        >
          ${isLast ? (busy ? 'Deleting…' : 'Delete for good') : busy ? 'Uninstalling…' : 'Uninstall'}
        </vaadin-button>
      `,
      [asked, busy],
    )}
  ></vaadin-dialog>`;
}
