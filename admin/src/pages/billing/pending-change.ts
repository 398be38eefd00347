import { css, html, nothing } from 'lit';
import { pendingText } from './describe.ts';
import type { SubscriptionView } from './types.ts';

export const pendingStyles = css`
  .pending {
    grid-column: 1 / -1;
  }
  .pending > .stack {
    flex: 1;
    min-width: 0;
  }
  .subscription .pending .actions {
    justify-content: flex-start;
    margin-block: var(--bz-space-2) var(--bz-space-1);
  }
`;

interface Choices {
  busy: boolean;
  confirm(): void;
  keep(): void;
}

/** A change that waits for the payer's bank, with the two ways out of it. `name` is the plugin's. */
export function pendingChange({ pendingChange: pending, currency }: SubscriptionView, name: string, choices: Choices) {
  if (pending === null) return nothing;
  const { wanted, terms } = pendingText(pending, currency);
  return html`<div class="banner warning pending" role="status">
    <bazaar-icon name="shield-check"></bazaar-icon>
    <div class="stack tight">
      <p><strong>${wanted}</strong></p>
      <p class="small">${terms}</p>
      <div class="actions">
        <vaadin-button theme="primary" aria-label="Confirm payment for ${name}" ?disabled=${choices.busy} @click=${choices.confirm}>
          Confirm payment
        </vaadin-button>
        <vaadin-button aria-label="Keep the present plan of ${name}" ?disabled=${choices.busy} @click=${choices.keep}>
          Keep the present plan
        </vaadin-button>
      </div>
    </div>
  </div>`;
}
