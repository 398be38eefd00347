import {
  BazaarElement,
  counted,
  emptyState,
  FilteredListing,
  formatDay,
  joined,
  listingState,
  mayWrite,
  NarrowScreen,
  timeAgo,
} from '@bazaar/sdk/ui';
import { columnBodyRenderer } from '@vaadin/grid/lit.js';
import { css, html, nothing } from 'lit';
import type { Input, Output } from '../src/context.ts';
import { EMPLOYMENT_TYPES, JOB_STATUSES, WORK_MODES } from '../src/labels.ts';
import { call } from './parts/call.ts';
import { flags, jobChip } from './parts/chips.ts';

type Line = Output<'jobs.list'>['items'][number];
type Filter = Pick<Input<'jobs.list'>, 'status' | 'employmentType' | 'text' | 'sort'>;

const ANY = { value: '', label: 'Any' };
const items = (labels: Record<string, string>) => [
  ANY,
  ...Object.entries(labels).map(([value, label]) => ({ value, label })),
];
const STATUS_ITEMS = items(JOB_STATUSES);
const TYPE_ITEMS = items(EMPLOYMENT_TYPES);
const SORT_ITEMS = [
  { value: 'newest', label: 'Newest first' },
  { value: 'title', label: 'Title' },
  { value: 'applications', label: 'Most applications' },
];

/** The list of jobs: search, filter, sort, open, create. */
class Jobs extends BazaarElement {
  static override styles = [
    BazaarElement.styles,
    css`
      vaadin-grid {
        height: auto;
      }
      .title {
        font-weight: 550;
      }
      .sub {
        display: block;
        white-space: normal;
      }
    `,
  ];

  readonly #narrow = new NarrowScreen(this);
  readonly #jobs = new FilteredListing<Line, Filter>(
    this,
    { sort: 'newest' },
    (filter, page) => call(this.ctx, 'jobs.list', { ...filter, ...page }),
    {
      names: ['text', 'status', 'employmentType', 'sort'],
      params: () => this.ctx.params,
      keep: (query) => this.ctx.navigate(`/job-board/jobs${query}`, { replace: true }),
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['job-board.job.published', 'job-board.application.submitted', 'reconnected']) {
      this.listen(event, () => this.#jobs.refreshSoon());
    }
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Jobs</h1>
          <p class="subtitle">Everything you are hiring for, from draft to filled.</p>
        </div>
        ${
          mayWrite(this.ctx, 'jobs.write')
            ? html`<div class="actions">
                <vaadin-button theme="primary" @click=${() => this.ctx.navigate('/job-board/jobs/new')}>
                  <bazaar-icon name="plus" slot="prefix"></bazaar-icon>New job
                </vaadin-button>
              </div>`
            : nothing
        }
      </header>
      ${this.#toolbar()}
      ${listingState(this.#jobs, { noun: ['job', 'jobs'], none: () => this.#none(), show: (jobs) => this.#table(jobs) })}
    </div>`;
  }

  #toolbar() {
    const value = (event: Event) => (event.currentTarget as HTMLInputElement).value;
    return html`<div class="toolbar" role="search" aria-label="Find jobs">
      <vaadin-text-field
        class="grow"
        label="Search"
        placeholder="Title, skill, place, reference …"
        clear-button-visible
        .value=${this.#jobs.filter.text ?? ''}
        @value-changed=${(event: Event) => this.#jobs.type('text', value(event))}
      ><bazaar-icon name="search" slot="prefix"></bazaar-icon></vaadin-text-field>
      <vaadin-select
        label="Status"
        placeholder="Any"
        .items=${STATUS_ITEMS}
        .value=${this.#jobs.filter.status ?? ''}
        @value-changed=${(event: Event) => this.#jobs.choose('status', value(event))}
      ></vaadin-select>
      <vaadin-select
        label="Employment"
        placeholder="Any"
        .items=${TYPE_ITEMS}
        .value=${this.#jobs.filter.employmentType ?? ''}
        @value-changed=${(event: Event) => this.#jobs.choose('employmentType', value(event))}
      ></vaadin-select>
      <vaadin-select
        label="Sort by"
        .items=${SORT_ITEMS}
        .value=${this.#jobs.filter.sort ?? 'newest'}
        @value-changed=${(event: Event) => this.#jobs.choose('sort', value(event))}
      ></vaadin-select>
    </div>`;
  }

  #none() {
    const { sort: _sort, ...conditions } = this.#jobs.filter;
    if (Object.keys(conditions).length > 0) {
      return emptyState('search', 'No job fits', 'Try other words, or take a filter away.');
    }
    const hint = mayWrite(this.ctx, 'jobs.write')
      ? 'Write the first one; it stays a draft until you publish it.'
      : 'Nobody has written one.';
    return emptyState('briefcase', 'No jobs yet', hint);
  }

  /** What the other columns say, below the title. */
  #rest(job: Line) {
    return html`<span class="sub small muted">${joined([job.location, WORK_MODES[job.workMode]])}</span>
      <span class="row small muted">${jobChip(job.status)} ${counted(job.applicationCount, 'application')}</span>`;
  }

  #table(jobs: Line[]) {
    const narrow = this.#narrow.matches;
    return html`
      <vaadin-grid .items=${jobs} all-rows-visible aria-label="Jobs" theme="no-border wrap-cell-content">
        <vaadin-grid-column
          header="Job"
          flex-grow="3"
          width="16rem"
          ${columnBodyRenderer<Line>(
            (job) => html`<a class="title" href="/job-board/jobs/${job.id}">${job.title}</a> ${flags(job)}
              <span class="sub small muted">
                ${joined([job.reference, job.clientName, job.specialty ?? job.department])}
              </span>
              ${narrow ? this.#rest(job) : nothing}`,
            [narrow],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column ?hidden=${narrow} header="Status" width="7rem" flex-grow="0" ${columnBodyRenderer<Line>((job) => jobChip(job.status), [])}></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Place"
          flex-grow="2"
          width="11rem"
          ${columnBodyRenderer<Line>(
            (job) => html`<bdi>${job.location || html`<span class="muted">–</span>`}</bdi>
              <span class="sub small muted">${WORK_MODES[job.workMode]} · ${EMPLOYMENT_TYPES[job.employmentType]}</span>`,
            [],
          )}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Applications"
          width="8rem"
          flex-grow="0"
          text-align="end"
          ${columnBodyRenderer<Line>((job) => html`<span class="number">${job.applicationCount}</span>`, [])}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Open until"
          width="8rem"
          flex-grow="0"
          ${columnBodyRenderer<Line>((job) => html`${job.deadline === null ? html`<span class="muted">–</span>` : formatDay(job.deadline)}`, [])}
        ></vaadin-grid-column>
        <vaadin-grid-column
          ?hidden=${narrow}
          header="Created"
          width="8rem"
          flex-grow="0"
          ${columnBodyRenderer<Line>((job) => timeAgo(job.createdAt), [])}
        ></vaadin-grid-column>
      </vaadin-grid>
    `;
  }
}

customElements.define('job-board-jobs', Jobs);
