import { html, nothing, type TemplateResult } from 'lit';
import { APPLICATION_STATUSES, JOB_STATUSES } from '../../src/labels.ts';

const JOB_LOOKS: Record<string, string> = { open: 'success', paused: 'warning', filled: 'info' };
const APPLICATION_LOOKS: Record<string, string> = {
  screening: 'info',
  interviewing: 'info',
  offer: 'warning',
  hired: 'success',
  rejected: 'danger',
};

export function jobChip(status: string): TemplateResult {
  return html`<span class="chip ${JOB_LOOKS[status] ?? ''}">${JOB_STATUSES[status] ?? status}</span>`;
}

export function applicationChip(status: string): TemplateResult {
  return html`<span class="chip ${APPLICATION_LOOKS[status] ?? ''}">${APPLICATION_STATUSES[status] ?? status}</span>`;
}

/** Where strong and fair fits begin. */
const STRONG = 75;
const FAIR = 50;

export function scoreChip(score: number | null): TemplateResult {
  if (score === null) return html`<span class="muted small">not scored</span>`;
  const look = score >= STRONG ? 'success' : score >= FAIR ? 'warning' : 'danger';
  return html`<span class="chip number ${look}" title="Score of the CV, 0 to 100">
    <span class="visually-hidden">Score </span>${score}
  </span>`;
}

/** Skills as chips; says so when there are none. */
export function skillChips(skills: readonly string[], look: string, none: string): TemplateResult {
  if (skills.length === 0) return html`<p class="muted small">${none}</p>`;
  return html`<ul class="chips">${skills.map((skill) => html`<li class="chip ${look}">${skill}</li>`)}</ul>`;
}

export function flags({ isHot, isFeatured }: { isHot: boolean; isFeatured: boolean }): TemplateResult {
  return html`${isHot ? html`<span class="chip danger">Urgent</span>` : nothing}
  ${isFeatured ? html`<span class="chip warning">Featured</span>` : nothing}`;
}
