import { ago, formatMoment } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import type { DeliveryAttempt } from './types.ts';

const OUTCOMES: Record<NonNullable<DeliveryAttempt['outcome']>, string> = {
  accepted: 'Taken by the mail server',
  captured: 'Kept in the mailbox',
  deferred: 'The mail server wants us to come back later',
  refused: 'Refused for good',
  unreachable: 'The mail server could not be used',
};

function outcomeText({ outcome, finishedAt }: DeliveryAttempt): string {
  if (outcome !== null) return OUTCOMES[outcome];
  return finishedAt === null ? 'Under way, or broken off with its process' : '';
}

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
