import { ago, pageStyles } from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { nextStatuses, PIPELINE } from '../../src/applications/pipeline.ts';
import type { Output } from '../../src/context.ts';
import { APPLICATION_STATUSES } from '../../src/labels.ts';
import { scoreChip } from './chips.ts';

type Line = Output<'applications.list'>['items'][number];
type Stage = (typeof PIPELINE)[number];

/** Detail of the `move` event: the person wants this application in another column. */
export interface MoveDetail {
  application: Line;
  to: Stage;
}

/** Applications in columns by status. Cards are moved by dragging, or by the choice on each card. */
export class PipelineBoard extends LitElement {
  static override properties = {
    applications: { attribute: false },
    editable: { type: Boolean },
    dragged: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .board {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(11rem, 1fr);
        gap: var(--bz-space-3);
        overflow-x: auto;
        padding-block-end: var(--bz-space-2);
      }
      .column {
        display: grid;
        align-content: start;
        gap: var(--bz-space-2);
        min-height: 8rem;
        padding: var(--bz-space-3);
        border: 1px solid transparent;
        border-radius: var(--bz-radius-l);
        background: var(--bz-surface-2);
      }
      .column.target {
        border-color: var(--bz-accent);
        background: var(--bz-accent-soft);
      }
      .column > h3 {
        display: flex;
        justify-content: space-between;
        font-size: var(--bz-text-s);
      }
      ul {
        display: grid;
        gap: var(--bz-space-2);
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: var(--bz-space-1);
        padding: var(--bz-space-3);
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-m);
        background: var(--bz-surface);
        box-shadow: var(--bz-shadow-s);
      }
      li[draggable='true'] {
        cursor: grab;
      }
      select {
        max-width: 100%;
        padding: 0.125rem 0.25rem;
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-s);
        color: var(--bz-text);
        background: var(--bz-surface);
        font: inherit;
        font-size: var(--bz-text-s);
      }
      select:focus-visible {
        outline: 2px solid transparent;
        box-shadow: var(--bz-focus);
      }
    `,
  ];

  declare applications: readonly Line[];
  /** Whether the person may move applications. */
  declare editable: boolean;
  declare dragged: Line | null;

  constructor() {
    super();
    this.applications = [];
    this.editable = false;
    this.dragged = null;
  }

  #move(application: Line, to: Stage): void {
    const detail: MoveDetail = { application, to };
    this.dispatchEvent(new CustomEvent('move', { detail }));
  }

  #takes(stage: Stage): boolean {
    return this.dragged !== null && nextStatuses(this.dragged.status).includes(stage);
  }

  override render() {
    return html`<div class="board" role="list" aria-label="Pipeline" tabindex="0">
      ${PIPELINE.map((stage) => this.#column(stage))}
    </div>`;
  }

  #column(stage: Stage) {
    const cards = this.applications.filter(({ status }) => status === stage);
    const name = APPLICATION_STATUSES[stage];
    return html`<div
      class="column ${this.#takes(stage) ? 'target' : ''}"
      role="listitem"
      aria-label="${name}, ${cards.length}"
      @dragover=${(event: DragEvent) => {
        if (this.#takes(stage)) event.preventDefault();
      }}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        if (this.dragged !== null && this.#takes(stage)) this.#move(this.dragged, stage);
        this.dragged = null;
      }}
    >
      <h3>${name}<span class="muted number">${cards.length}</span></h3>
      <ul>
        ${repeat(
          cards,
          ({ id }) => id,
          (card) => this.#card(card),
        )}
      </ul>
    </div>`;
  }

  #card(card: Line) {
    return html`<li
      draggable=${this.editable && nextStatuses(card.status).length > 0 ? 'true' : 'false'}
      @dragstart=${() => {
        this.dragged = card;
      }}
      @dragend=${() => {
        this.dragged = null;
      }}
    >
      <a href="/job-board/applications/${card.id}">${card.candidateName}</a>
      <span class="row between small muted">${ago(card.appliedAt)} ${scoreChip(card.score)}</span>
      ${this.editable ? this.#choice(card) : nothing}
    </li>`;
  }

  #choice(card: Line) {
    const next = nextStatuses(card.status);
    if (next.length === 0) return nothing;
    return html`<select
      aria-label="Move ${card.candidateName}"
      @change=${(event: Event) => {
        const select = event.currentTarget as HTMLSelectElement;
        const to = next.find((stage) => stage === select.value);
        select.value = '';
        if (to !== undefined) this.#move(card, to);
      }}
    >
      <option value="">Move to …</option>
      ${next.map((stage) => html`<option value=${stage}>${APPLICATION_STATUSES[stage]}</option>`)}
    </select>`;
  }
}

customElements.define('job-board-pipeline', PipelineBoard);
