import { joined, type UiContext } from '@bazaar/sdk/ui';
import { css, html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Contract } from '../../src/contract.generated.ts';
import { money } from './money.ts';
import './owner-picker.ts';
import type { Owner, OwnerChosen } from './owner-picker.ts';
import { STAGES, stagesFrom, stageTitle } from './stages.ts';

export type Lead = Contract['actions']['leads.list']['output']['items'][number];
export type Pipeline = Contract['actions']['leads.pipeline']['output'];

/** What somebody who may write does with a lead. */
export interface LeadChange {
  ctx: UiContext;
  give(owner: Owner | null): void;
  move(stage: string): void;
}

/** How many leads are in each stage, and what they would be worth. */
export function pipelineFigures({ stages, currency }: Pipeline): TemplateResult {
  const shown = STAGES.flatMap((stage) => stages.filter((figures) => figures.stage === stage));
  return html`<dl class="card figures" aria-label="Pipeline">
    ${shown.map(
      ({ stage, leads, estimatedValue }) => html`<div>
        <dt>${stageTitle(stage)}<span class="number">${money(estimatedValue, currency)}</span></dt>
        <dd class="number">${leads}</dd>
      </div>`,
    )}
  </dl>`;
}

/** `change` is `null` for those who may only read. */
export function leadRow(lead: Lead, currency: string, change: LeadChange | null): TemplateResult {
  const value = lead.estimatedValue === null ? null : money(lead.estimatedValue, currency);
  return html`<li class="lead">
    <div>
      <strong>${lead.company}</strong>
      <p class="muted small">${joined([lead.contactName, value, `${lead.probability} %`])}</p>
    </div>
    ${change === null ? ownerName(lead) : ownerChoice(lead, change)}
    ${change === null || stagesFrom(lead.stage).length === 1 ? stageChip(lead) : stageChoice(lead, change)}
  </li>`;
}

function ownerName({ owner }: Lead) {
  return html`<span class="muted small"><bdi>${owner?.name ?? 'Nobody'}</bdi></span>`;
}

function stageChip({ stage }: Lead) {
  return html`<span><span class="chip ${stage === 'converted' ? 'success' : ''}">${stageTitle(stage)}</span></span>`;
}

function ownerChoice({ company, owner }: Lead, { ctx, give }: LeadChange) {
  return html`<crm-owner-picker
    accessible-name=${`Who looks after ${company}`}
    .ctx=${ctx}
    .owner=${live(owner)}
    @owner-chosen=${({ detail }: OwnerChosen) => give(detail)}
  ></crm-owner-picker>`;
}

/** Only the stages it may go to. A move that was refused is taken back, also where nothing else has changed. */
function stageChoice({ company, stage }: Lead, { move }: LeadChange) {
  return html`<vaadin-select
    accessible-name=${`Stage of ${company}`}
    .items=${stagesFrom(stage).map((value) => ({ label: stageTitle(value), value }))}
    .value=${live(stage)}
    @change=${(event: Event) => move((event.target as HTMLInputElement).value)}
  ></vaadin-select>`;
}

export const leadStyles = css`
  .lead {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 13rem) minmax(0, 10rem);
    gap: var(--bz-space-2) var(--bz-space-3);
    align-items: center;
  }
  .lead > vaadin-select {
    width: auto;
  }
  .figures dt > .number {
    display: block;
  }
  @media (max-width: 640px) {
    .lead {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .lead > :first-child {
      grid-column: 1 / -1;
    }
  }
`;
