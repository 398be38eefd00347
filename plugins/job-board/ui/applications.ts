import { BazaarElement, emptyState, FilteredListing, listingState, NarrowScreen, timeAgo } from '@bazaar/sdk/ui';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { css, html, nothing } from 'lit';
import type { Input, Output } from '../src/context.ts';
import { APPLICATION_STATUSES } from '../src/labels.ts';
import { call } from './parts/call.ts';
import { applicationChip, scoreChip } from './parts/chips.ts';

type Line = Output<'applications.list'>['items'][number];
type Filter = Pick<Input<'applications.list'>, 'status' | 'text' | 'sort'>;

const STATUS_ITEMS = [
  { value: '', label: 'Any' },
  ...Object.entries(APPLICATION_STATUSES).map(([value, label]) => ({ value, label })),
];
const SORT_ITEMS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'score', label: 'Best score first' },
];

/** All applications of the tenant, over all jobs. */
class Applications extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      vaadin-grid {
        height: auto;
      }
      .name {
        font-weight: 550;
      }
      .sub {
        display: block;
        white-space: normal;
      }
    `,
  ];

  readonly #narrow = new NarrowScreen(this);
  readonly #applications = new FilteredListing<Line, Filter>(
    this,
    { sort: 'newest' },
    (filter, page) => call(this.ctx, 'applications.list', { ...filter, ...page }),
    {
      names: ['text', 'status', 'sort'],
      params: () => this.ctx.params,
      keep: (query) => this.ctx.navigate(`/job-board/applications${query}`, { replace: true }),
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['job-board.application.submitted', 'job-board.application.changed', 'reconnected']) {
      this.listen(event, () => this.#applications.refreshSoon());
    }
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Applications</h1>
          <p class="subtitle">Everyone who has applied, with the score of the CV and the place in the pipeline.</p>
        </div>
      </header>
      ${this.#toolbar()}
      ${listingState(this.#applications, { noun: ['application', 'applications'], none: () => this.#none(), show: (items) => this.#table(items) })}
    </div>`;
  }

  #toolbar() {
    const value = (event: Event) => (event.currentTarget as HTMLInputElement).value;
    return html`<div class="toolbar" role="search" aria-label="Find applications">
      <vaadin-text-field
        class="grow"
        label="Search"
        placeholder="Candidate, skill or job …"
        clear-button-visible
        .value=${this.#applications.filter.text ?? ''}
        @value-changed=${(event: Event) => this.#applications.type('text', value(event))}
      ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
      <vaadin-select
        label="Status"
        placeholder="Any"
        .items=${STATUS_ITEMS}
        .value=${this.#applications.filter.status ?? ''}
        @value-changed=${(event: Event) => this.#applications.choose('status', value(event))}
      ></vaadin-select>
      <vaadin-select
        label="Sort by"
        .items=${SORT_ITEMS}
        .value=${this.#applications.filter.sort ?? 'newest'}
        @value-changed=${(event: Event) => this.#applications.choose('sort', value(event))}
      ></vaadin-select>
    </div>`;
  }

  #none() {
    return this.#applications.filter.status === undefined && this.#applications.filter.text === undefined
      ? emptyState('inbox', 'No applications yet', 'They appear here as soon as somebody applies to an open job.')
      : emptyState('search', 'No application fits', 'Try other words, or take a filter away.');
  }

  /** What the other columns say, below the name. */
  #rest(line: Line) {
    return html`<a class="sub small" href="/job-board/jobs/${line.jobId}">${line.jobTitle}</a>
      <span class="row small muted">${applicationChip(line.status)} ${scoreChip(line.score)} ${timeAgo(line.appliedAt)}</span>`;
  }

  #table(items: Line[]) {
    const narrow = this.#narrow.matches;
    return html`
      <vaadin-grid .items=${items} all-rows-visible aria-label="Applications" theme="no-border wrap-cell-content">
        <vaadin-grid-column
          header="Candidate"
          flex-grow="2"
          width="13rem"
          ${columnBodyRenderer<Line>(
            (line) => html`<a class="name" href="/job-board/applications/${line.id}">${line.candidateName}</a>
              <span class="sub small muted"><bdi>${line.candidateHeadline}</bdi></span>
              ${narrow ? this.#rest(line) : nothing}`,
            [narrow],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Job"
          flex-grow="2"
          width="13rem"
          ${columnBodyRenderer<Line>((line) => html`<a href="/job-board/jobs/${line.jobId}">${line.jobTitle}</a>`, [])}
        ></vaadin-grid-column>
        <vaadin-grid-column ?hidden=${narrow} header="Status" width="8rem" flex-grow="0" ${columnBodyRenderer<Line>((line) => applicationChip(line.status), [])}></vaadin-grid-column>
        <vaadin-grid-column ?hidden=${narrow} header="Score" width="7rem" flex-grow="0" ${columnBodyRenderer<Line>((line) => scoreChip(line.score), [])}></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Applied"
          width="9rem"
          flex-grow="0"
          ${columnBodyRenderer<Line>((line) => timeAgo(line.appliedAt), [])}
        ></vaadin-grid-column>
      </vaadin-grid>
    `;
  }
}

customElements.define('job-board-applications', Applications);
