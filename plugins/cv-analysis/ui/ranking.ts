import { BazaarElement, debounce, emptyState, Listing, listingState, timeAgo } from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import { call } from './parts/call.ts';
import { scoreChip } from './parts/chips.ts';
import type { JobChosen, JobsKnown } from './parts/job-picker.ts';
import './parts/job-picker.ts';

type Line = Output<'analyses.ranking'>['items'][number];

/** The CVs compared with one job, named by `?job=`, the best first. */
class Ranking extends BazaarElement {
  static override properties = { ...BazaarElement.properties, jobs: { state: true } };

  static override styles = [
    BazaarElement.styles,
    css`
      .picker {
        max-width: 28rem;
      }
      .ranked > li {
        display: grid;
        grid-template-columns: 1.25rem minmax(0, 1fr) auto;
        gap: var(--bz-space-3);
        align-items: start;
      }
      .place {
        color: var(--bz-text-muted);
        text-align: end;
      }
      .who {
        overflow-wrap: anywhere;
      }
      .name {
        font-weight: 600;
      }
    `,
  ];

  /** `null` until it is known whether there is a job board, and any job. */
  declare jobs: JobsKnown['detail'] | null;

  readonly #lines = new Listing<Line>(this, (page) =>
    call(this.ctx, 'analyses.ranking', { jobId: this.ctx.params.job ?? '', ...page }),
  );
  readonly #refreshSoon = debounce(() => {
    if (this.ctx.params.job) void this.#lines.refresh();
  });

  constructor() {
    super();
    this.jobs = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('cv-analysis.document.parsed', () => this.#refreshSoon());
    this.listen('cv-analysis.application.scored', () => this.#refreshSoon());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.job === this.ctx.params.job) return;
    this.#lines.clear();
    if (this.ctx.params.job) void this.#lines.restart();
  }

  #choose(id: string | undefined): void {
    this.ctx.navigate(id === undefined ? '/cv-analysis/ranking' : `/cv-analysis/ranking?job=${id}`);
  }

  override render() {
    return html`<div class="page">
      <header class="page-header">
        <div>
          <h1>Ranking</h1>
          <p class="subtitle">The CVs that were compared with a job, the best fit first. Scores are advice; people decide.</p>
        </div>
      </header>
      <cv-analysis-job-picker
        class="picker"
        .ctx=${this.ctx}
        label="Job"
        .value=${this.ctx.params.job ?? ''}
        @jobs-known=${(event: JobsKnown) => {
          this.jobs = event.detail;
        }}
        @job-chosen=${(event: JobChosen) => this.#choose(event.detail?.id)}
      ></cv-analysis-job-picker>
      ${this.#content()}
    </div>`;
  }

  #content() {
    if (!this.ctx.params.job) return this.#unchosen();
    return listingState(this.#lines, {
      noun: ['CV', 'CVs'],
      none: () => this.#none(),
      show: (items) => this.#list(items),
    });
  }

  #unchosen() {
    // What could not be read says so in the place of the choice.
    if (this.jobs === null) return nothing;
    if (!this.jobs.hasBoard) {
      return emptyState('plug', 'No job board', 'Jobs come from the job board, which is not enabled here.');
    }
    return this.jobs.hasAny
      ? emptyState('trophy', 'Choose a job', 'Its CVs appear here in the order of their scores.')
      : emptyState('briefcase', 'No jobs yet', 'CVs can be compared as soon as the job board has a job.');
  }

  #none() {
    return emptyState(
      'trophy',
      'Nothing compared yet',
      'CVs of new applications are compared by themselves; others from the page of the CV.',
      html`<vaadin-button @click=${() => this.ctx.navigate('/cv-analysis/documents')}>All CVs</vaadin-button>`,
    );
  }

  #list(items: Line[]) {
    return html`<div class="card flush">
        <ol class="list ranked" aria-label="CVs by score">
          ${items.map(
            (line, index) => html`<li>
              <span class="place number" aria-hidden="true">${index + 1}</span>
              <div class="who">
                <p><a class="name" href="/cv-analysis/documents/${line.documentId}">${line.candidateName ?? line.fileName}</a></p>
                ${line.headline === null ? nothing : html`<p><bdi>${line.headline}</bdi></p>`}
                <p class="small muted">
                  ${line.summary}
                  Compared ${timeAgo(line.createdAt)}.
                </p>
              </div>
              ${scoreChip(line.score)}
            </li>`,
          )}
        </ol>
      </div>`;
  }
}

customElements.define('cv-analysis-ranking', Ranking);
