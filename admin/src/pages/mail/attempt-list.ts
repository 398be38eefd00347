import { ago, formatMoment } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { outcomeText } from './describe.ts';
import type { DeliveryAttempt } from './types.ts';

/** Every attempt to deliver a letter, the last first. */
export function attemptList(attempts: readonly DeliveryAttempt[]) {
  if (attempts.length === 0) return html`<p class="muted">It has not been tried yet.</p>`;
  const now = Date.now();
  return html`<ol reversed>
    ${attempts.map(
      (attempt) => html`<li>
        ${outcomeText(attempt)},
        <time datetime=${attempt.startedAt} title=${formatMoment(attempt.startedAt)}>
          ${ago(attempt.startedAt, now)}</time
        >${attempt.detail === null ? nothing : html`: <code>${attempt.detail}</code>`}
      </li>`,
    )}
  </ol>`;
}
