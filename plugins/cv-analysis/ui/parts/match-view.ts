import { counted, timeAgo } from '@bazaar/sdk/ui';
import { css, html, nothing, type TemplateResult } from 'lit';
import type { Output } from '../../src/context.ts';
import { evidenceChip, evidenceLine, evidenceStyles } from './evidence.ts';
import { gauge, gaugeStyles } from './gauge.ts';
import { fitOf, PARTS } from './words.ts';

export type Analysis = Output<'analyses.get'>;

/** How a CV compares with a job: score, what it is made of, skills with their passages, credentials, advice. */
export function matchView(analysis: Analysis): TemplateResult {
  const { score, summary, jobTitle, jobId, createdAt, version, recommendations } = analysis;
  return html`<div class="match stack">
    <div class="verdict">
      ${gauge(score)}
      <div class="stack tight">
        <p class="job"><a href="/job-board/jobs/${jobId}">${jobTitle}</a></p>
        <p>${summary}</p>
        <p class="small muted">
          Compared ${timeAgo(createdAt)}${version > 1 ? `, ${counted(version, 'time')} in all` : nothing}
        </p>
      </div>
    </div>
    ${parts(analysis)} ${skills(analysis, 'required')} ${skills(analysis, 'preferred')} ${credentials(analysis)}
    ${
      recommendations.length === 0
        ? nothing
        : html`<section class="stack tight" aria-label="Recommendations">
            <h3>Recommendations</h3>
            <ul class="advice">
              ${recommendations.map((text) => html`<li><bazaar-icon name="lightbulb"></bazaar-icon><span>${text}</span></li>`)}
            </ul>
          </section>`
    }
    ${extra(analysis)}
  </div>`;
}

function parts({ parts: list }: Analysis) {
  if (list.length === 0) return nothing;
  return html`<section class="stack tight" aria-label="What the score is made of">
    <h3>What the score is made of</h3>
    <ul class="parts">
      ${list.map(
        ({ part, weight, score, detail }) => html`<li>
          <span>${PARTS[part]} <span class="small muted number">${weight} % of the score</span></span>
          <span class="number">${score}<span class="visually-hidden"> of 100</span></span>
          <span class="meter ${fitOf(score).look}" aria-hidden="true"><span style="width:${score}%"></span></span>
          <span class="detail small muted">${detail}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function skills({ matched, missing }: Analysis, kind: 'required' | 'preferred') {
  const found = matched.filter((skill) => skill.kind === kind);
  const lacking = missing.filter((skill) => skill.kind === kind);
  if (found.length + lacking.length === 0) return nothing;
  return html`<section class="stack tight" aria-label=${PARTS[kind]}>
    <h3>${PARTS[kind]}</h3>
    ${
      found.length === 0
        ? nothing
        : html`<p class="small muted">Found</p>
            <ul class="evidence-list">
              ${found.map(({ skill, passages }) => evidenceChip(skill, passages, { look: 'success' }))}
            </ul>`
    }
    ${
      lacking.length === 0
        ? nothing
        : html`<p class="small muted">Not found</p>
            <ul class="evidence-list">
              ${lacking.map(({ skill }) => evidenceChip(skill, [], { look: kind === 'required' ? 'danger' : 'warning' }))}
            </ul>`
    }
  </section>`;
}

function credentials({ credentials: list }: Analysis) {
  if (list.length === 0) return nothing;
  return html`<section class="stack tight" aria-label="Licences and certificates">
    <h3>Licences and certificates</h3>
    <ul class="checks">
      ${list.map(
        ({ name, kind, met, passage }) => html`<li class=${met ? 'met' : 'open'}>
          <bazaar-icon name=${met ? 'circle-check' : 'circle-x'}></bazaar-icon>
          <div>
            <p>
              ${name}
              <span class="small muted">${kind === 'licence' ? 'Licence' : 'Certificate'}, ${met ? 'found' : 'not found'}</span>
            </p>
            ${evidenceLine(passage)}
          </div>
        </li>`,
      )}
    </ul>
  </section>`;
}

function extra({ extra: list }: Analysis) {
  if (list.length === 0) return nothing;
  return html`<details class="also">
    <summary>Also in the CV: ${counted(list.length, 'skill')} not asked for</summary>
    <ul class="evidence-list">${list.map(({ skill, passages }) => evidenceChip(skill, passages))}</ul>
  </details>`;
}

export const matchStyles = [
  evidenceStyles,
  gaugeStyles,
  css`
    .match {
      gap: var(--bz-space-5);
    }
    .verdict {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--bz-space-5);
      align-items: center;
    }
    .verdict .job {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .parts,
    .advice,
    .checks {
      display: grid;
      gap: var(--bz-space-3);
      padding: 0;
      list-style: none;
    }
    .parts > li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0.25rem var(--bz-space-3);
    }
    .parts .meter,
    .parts .detail {
      grid-column: 1 / -1;
    }
    .meter.success > span {
      background: var(--bz-success);
    }
    .meter.warning > span {
      background: var(--bz-warning);
    }
    .meter.danger > span {
      background: var(--bz-danger);
    }
    :is(.advice, .checks) > li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--bz-space-3);
    }
    :is(.advice, .checks) bazaar-icon {
      margin-block-start: 0.125rem;
    }
    .advice bazaar-icon {
      color: var(--bz-text-muted);
    }
    .met > bazaar-icon {
      color: var(--bz-success);
    }
    .open > bazaar-icon {
      color: var(--bz-danger);
    }
    .also > summary {
      width: fit-content;
      font-weight: 550;
      color: var(--bz-accent-text);
    }
    .also > summary:hover {
      text-decoration: underline;
    }
    .also[open] > summary {
      margin-block-end: var(--bz-space-3);
    }
    @media (max-width: 480px) {
      .verdict {
        gap: var(--bz-space-4);
      }
      .gauge {
        width: 5.5rem;
      }
    }
  `,
];
