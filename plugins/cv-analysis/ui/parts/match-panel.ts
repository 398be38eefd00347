import {
  ago,
  formatMoment,
  formErrors,
  mayWrite,
  pageStyles,
  problemMessage,
  Reading,
  type UiContext,
} from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Output } from '../../src/context.ts';
import { call } from './call.ts';
import { scoreChip } from './chips.ts';
import type { JobChosen, JobsKnown } from './job-picker.ts';
import { type Analysis, matchStyles, matchView } from './match-view.ts';
import './job-picker.ts';

type Earlier = Output<'documents.get'>['analyses'];

/** Compares one CV with jobs, and shows what was compared before. Fires `compared` after a new comparison. */
export class MatchPanel extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    documentId: { attribute: false },
    analyses: { attribute: false },
    shownId: { state: true },
    jobId: { state: true },
    hasJobs: { state: true },
    working: { state: true },
    problem: { state: true },
  };

  static override styles = [
    pageStyles,
    matchStyles,
    css`
      .choose {
        display: flex;
        flex-wrap: wrap;
        gap: var(--bz-space-3);
        align-items: flex-end;
      }
      cv-analysis-job-picker {
        flex: 1 1 14rem;
      }
      .problem {
        color: var(--bz-danger);
      }
      .earlier {
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-m);
        overflow: hidden;
      }
      .earlier > li {
        padding: 0;
      }
      .earlier button {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 var(--bz-space-3);
        align-items: center;
        width: 100%;
        padding: var(--bz-space-2) var(--bz-space-3);
        border: 0;
        font: inherit;
        color: inherit;
        text-align: start;
        background: none;
        cursor: pointer;
      }
      .earlier button:hover {
        background: var(--bz-surface-2);
      }
      .earlier button:focus-visible {
        box-shadow: inset 0 0 0 2px var(--bz-accent-text);
      }
      .earlier [aria-pressed='true'] {
        background: var(--bz-accent-soft);
      }
      .earlier .title {
        overflow-wrap: anywhere;
      }
    `,
  ];

  declare ctx: UiContext;
  declare documentId: string;
  declare analyses: Earlier;
  declare shownId: string | null;
  declare jobId: string;
  /** `null` until it is known whether there is a job board. */
  declare hasJobs: boolean | null;
  declare working: boolean;
  declare problem: string;

  readonly #analysis = new Reading<Analysis | null>(this, async () =>
    this.shownId === null ? null : call(this.ctx, 'analyses.get', { id: this.shownId }),
  );

  constructor() {
    super();
    this.analyses = [];
    this.shownId = null;
    this.jobId = '';
    this.hasJobs = null;
    this.working = false;
    this.problem = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('analyses')) return;
    // The newest is shown until somebody picks another; one that is gone is shown no longer.
    if (this.analyses.some(({ id }) => id === this.shownId)) return;
    this.#show(this.analyses[0]?.id ?? null);
  }

  #show(id: string | null): void {
    this.shownId = id;
    void this.#analysis.run();
  }

  async #compare(): Promise<void> {
    if (this.jobId === '' || this.working) return;
    this.working = true;
    this.problem = '';
    try {
      const { documentId, jobId } = this;
      const { id } = await call(this.ctx, 'analyses.create', { documentId, jobId });
      this.#show(id);
      this.dispatchEvent(new Event('compared'));
    } catch (error) {
      this.problem = [...formErrors(error).values()].join(' ') || problemMessage(error);
    }
    this.working = false;
  }

  override render() {
    return html`<section class="card stack" aria-label="Match with a job">
      <h2>Match with a job</h2>
      ${mayWrite(this.ctx, 'analyses.write') ? this.#chooser() : nothing}
      <div aria-live="polite" aria-busy=${this.#analysis.busy || this.working ? 'true' : 'false'}>${this.#shown()}</div>
      ${this.analyses.length < 2 ? nothing : this.#earlier()}
    </section>`;
  }

  #chooser() {
    return html`<div class="stack tight">
      <div class="choose">
        <cv-analysis-job-picker
          .ctx=${this.ctx}
          label="Compare with job"
          @jobs-known=${(event: JobsKnown) => {
            this.hasJobs = event.detail.hasBoard;
          }}
          @job-chosen=${(event: JobChosen) => {
            this.jobId = event.detail?.id ?? '';
            this.problem = '';
          }}
        ></cv-analysis-job-picker>
        ${
          this.hasJobs
            ? html`<vaadin-button theme="primary" ?disabled=${this.jobId === '' || this.working} @click=${() => this.#compare()}>
                ${this.working ? 'Comparing …' : 'Compare'}
              </vaadin-button>`
            : nothing
        }
      </div>
      ${
        this.hasJobs === false
          ? html`<p class="muted">There is no job board to take jobs from. Enable it to compare this CV with a job.</p>`
          : nothing
      }
      <p class="small problem" role="alert">${this.problem}</p>
    </div>`;
  }

  #shown() {
    const { value, failure } = this.#analysis;
    if (failure !== null) {
      return html`<div class="row">
        <span class="problem">${problemMessage(failure)}</span>
        <vaadin-button theme="small" @click=${() => this.#analysis.run()}>Try again</vaadin-button>
      </div>`;
    }
    if (this.shownId === null) {
      return this.hasJobs === false
        ? nothing
        : html`<p class="muted">This CV has not been compared with a job yet.</p>`;
    }
    if (value === null) return html`<span class="skeleton block"></span>`;
    return matchView(value);
  }

  #earlier() {
    return html`<section class="stack tight" aria-label="All comparisons">
      <h3>All comparisons</h3>
      <ul class="list earlier">
        ${this.analyses.map(
          ({ id, jobTitle, score, createdAt }) => html`<li>
            <button type="button" aria-pressed=${id === this.shownId ? 'true' : 'false'} @click=${() => this.#show(id)}>
              <span>
                <span class="title">${jobTitle}</span>
                <time class="small muted" datetime=${createdAt} title=${formatMoment(createdAt)}>${ago(createdAt)}</time>
              </span>
              ${scoreChip(score)}
            </button>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

customElements.define('cv-analysis-match-panel', MatchPanel);
