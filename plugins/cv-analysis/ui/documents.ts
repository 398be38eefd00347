import {
  BazaarElement,
  emptyState,
  FilteredListing,
  joined,
  listingState,
  may,
  mayWrite,
  timeAgo,
} from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Input, Output } from '../src/context.ts';
import { call } from './parts/call.ts';
import { statusChip } from './parts/chips.ts';
import { formatMonths } from './parts/format.ts';
import { Processing, progressBar } from './parts/processing.ts';
import { canRetry, retry } from './parts/retry.ts';
import { EDUCATION_LEVELS, STATUSES } from './parts/words.ts';
import './parts/upload.ts';

type Line = Output<'documents.list'>['items'][number];
type Filter = Pick<Input<'documents.list'>, 'status' | 'text' | 'skill'>;

const STATUS_ITEMS = [
  { value: '', label: 'Any' },
  ...(['queued', 'parsed', 'failed'] as const).map((value) => ({ value, label: STATUSES[value] })),
];
const TOP_SKILLS = 6;

/** All CVs: upload, what was read from each, and where the reading of the others stands. */
class Documents extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      .cv {
        display: grid;
        grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr) 9.5rem;
        gap: var(--bz-space-2) var(--bz-space-5);
        align-items: start;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .who > * {
        overflow-wrap: anywhere;
      }
      .state {
        display: grid;
        gap: var(--bz-space-1);
        justify-items: end;
        text-align: end;
      }
      .wide {
        grid-column: 1 / -1;
      }
      .skill {
        border: 0;
        font-family: inherit;
        cursor: pointer;
      }
      .skill:hover {
        background: var(--bz-surface-3);
      }
      .failure {
        color: var(--bz-danger);
      }
      @media (max-width: 720px) {
        .cv {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .skills {
          grid-column: 1 / -1;
          grid-row: 2;
        }
        .toolbar > * {
          flex: 1 1 8rem;
          width: auto;
          min-width: 0;
        }
        .toolbar > .grow {
          flex-basis: 100%;
        }
      }
    `,
  ];

  readonly #documents = new FilteredListing<Line, Filter>(
    this,
    {},
    (filter, page) => call(this.ctx, 'documents.list', { ...filter, ...page }),
    {
      names: ['text', 'skill', 'status'],
      params: () => this.ctx.params,
      keep: (query) => this.ctx.navigate(`/cv-analysis/documents${query}`, { replace: true }),
    },
  );
  readonly #processing = new Processing(this, {
    ended: () => this.#documents.refreshSoon(),
    missed: () => this.#documents.refreshSoon(),
  });

  async #retry(line: Line): Promise<void> {
    this.#processing.forget(line.id);
    await retry(this.ctx, line.id);
    await this.#documents.refresh();
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>CVs</h1>
          <p class="subtitle">Every CV that was uploaded or came with an application, and what was read from it.</p>
        </div>
      </header>
      ${
        may(this.ctx, 'documents.write')
          ? html`<cv-analysis-upload .ctx=${this.ctx} @stored=${() => this.#documents.refreshSoon()}></cv-analysis-upload>`
          : nothing
      }
      ${this.#toolbar()}
      ${listingState(this.#documents, { noun: ['CV', 'CVs'], none: () => this.#none(), show: (items) => this.#list(items) })}
    </div>`;
  }

  #toolbar() {
    const value = (event: Event) => (event.currentTarget as HTMLInputElement).value;
    return html`<div class="toolbar" role="search" aria-label="Find CVs">
      <vaadin-text-field
        class="grow"
        label="Search"
        placeholder="Words of the CV, or the file's name …"
        clear-button-visible
        maxlength="200"
        .value=${this.#documents.filter.text ?? ''}
        @value-changed=${(event: Event) => this.#documents.type('text', value(event))}
      ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
      <vaadin-text-field
        label="Skill"
        placeholder="e.g. PostgreSQL"
        clear-button-visible
        maxlength="100"
        .value=${this.#documents.filter.skill ?? ''}
        @value-changed=${(event: Event) => this.#documents.type('skill', value(event))}
      ></vaadin-text-field>
      <vaadin-select
        label="Status"
        placeholder="Any"
        .items=${STATUS_ITEMS}
        .value=${this.#documents.filter.status ?? ''}
        @value-changed=${(event: Event) => this.#documents.choose('status', value(event))}
      ></vaadin-select>
    </div>`;
  }

  #none() {
    if (Object.keys(this.#documents.filter).length > 0) {
      return emptyState('search', 'No CV fits', 'Try other words, or take a filter away.');
    }
    const hint = mayWrite(this.ctx, 'documents.write')
      ? 'Upload one, or wait for the first application that brings one.'
      : 'They come with applications, or are uploaded.';
    return emptyState('file-search', 'No CVs yet', hint);
  }

  #list(items: Line[]) {
    return html`<div class="card flush">
      <ul class="list" aria-label="CVs">
        ${repeat(
          items,
          ({ id }) => id,
          (line) => this.#line(line),
        )}
      </ul>
    </div>`;
  }

  #line(line: Line) {
    const progress = this.#processing.of(line);
    const { id, fileName, candidateName, headline, createdAt } = line;
    const facts = [
      line.experienceMonths ? `${formatMonths(line.experienceMonths)} of experience` : '',
      line.highestEducation === null ? '' : (EDUCATION_LEVELS[line.highestEducation] ?? ''),
    ].filter(Boolean);
    const origin = [
      candidateName === null ? '' : fileName,
      line.source === 'application' ? 'with an application' : '',
    ].filter(Boolean);
    return html`<li class="cv">
      <div class="who">
        <p><a class="name" href="/cv-analysis/documents/${id}">${candidateName ?? fileName}</a></p>
        ${headline === null ? nothing : html`<p><bdi>${headline}</bdi></p>`}
        ${facts.length === 0 ? nothing : html`<p class="small muted">${facts.join(' · ')}</p>`}
        ${origin.length === 0 ? nothing : html`<p class="small muted">${joined(origin)}</p>`}
      </div>
      <div class="skills">${this.#skills(line.skills)}</div>
      <div class="state">
        ${statusChip(progress === null ? line.status : 'processing')}
        <span class="small muted">
          ${timeAgo(createdAt)}
        </span>
      </div>
      ${this.#unread(line)}
    </li>`;
  }

  #skills(skills: readonly string[]) {
    if (skills.length === 0) return nothing;
    const more = skills.length - TOP_SKILLS;
    return html`<ul class="chips" aria-label="Skills">
      ${skills.slice(0, TOP_SKILLS).map(
        (skill) => html`<li>
          <button class="chip skill" type="button" title="Show CVs with ${skill}" @click=${() => this.#documents.choose('skill', skill)}>${skill}</button>
        </li>`,
      )}
      ${more > 0 ? html`<li class="small muted">+ ${more}</li>` : nothing}
    </ul>`;
  }

  /** What is known about a CV that is not read. */
  #unread(line: Line) {
    if (line.status === 'parsed') return nothing;
    const progress = this.#processing.of(line);
    return html`<div class="wide row between">
      ${
        line.status === 'failed'
          ? html`<p class="small failure">${line.failureMessage ?? 'This CV could not be read.'}</p>`
          : html`<div style="flex: 1 1 12rem">${progressBar(progress)}</div>`
      }
      ${
        mayWrite(this.ctx, 'documents.write') && canRetry(line, progress !== null)
          ? html`<vaadin-button theme="small" aria-label="${line.status === 'failed' ? 'Retry' : 'Read now'}: ${line.fileName}" @click=${() => this.#retry(line)}>
              <bazaar-icon name="rotate-cw" slot="prefix"></bazaar-icon>${line.status === 'failed' ? 'Retry' : 'Read now'}
            </vaadin-button>`
          : nothing
      }
    </div>`;
  }
}

customElements.define('cv-analysis-documents', Documents);
