import { html, type TemplateResult } from 'lit';
import { fitOf, STATUSES } from './words.ts';

const LOOKS: Record<keyof typeof STATUSES, string> = {
  queued: '',
  processing: 'info',
  parsed: 'success',
  failed: 'danger',
};

export function statusChip(status: keyof typeof STATUSES): TemplateResult {
  return html`<span class="chip ${LOOKS[status]}">${STATUSES[status]}</span>`;
}

export function scoreChip(score: number | null): TemplateResult {
  if (score === null) return html`<span class="muted small">no score</span>`;
  const { words, look } = fitOf(score);
  return html`<span class="chip number ${look}" title="${words}: ${score} of 100"
    ><span class="visually-hidden">Score </span>${score}</span
  >`;
}
