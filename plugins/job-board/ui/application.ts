import {
  ago,
  BazaarElement,
  debounce,
  formatMoment,
  formErrors,
  may,
  mayWrite,
  problemMessage,
  Reading,
  readingState,
  readOnlyHint,
  timeAgo,
} from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import { PIPELINE } from '../src/applications/pipeline.ts';
import type { Input, Output } from '../src/context.ts';
import { APPLICATION_STATUSES, REJECTION_REASONS, SOURCES } from '../src/labels.ts';
import { call } from './parts/call.ts';
import { applicationChip, scoreChip, skillChips } from './parts/chips.ts';
import { submitForm } from './parts/submit-form.ts';
import { timeline, timelineStyles } from './parts/timeline.ts';

type Application = Output<'applications.get'>;

const REASON_ITEMS = Object.entries(REJECTION_REASONS).map(([value, label]) => ({ value, label }));

/** One application: who, for what, how well the CV fits, what has happened, what comes next. */
class ApplicationScreen extends BazaarElement {
  static override properties = {
    ...BazaarElement.properties,
    rejecting: { state: true },
    reason: { state: true },
    working: { state: true },
    errors: { state: true },
  };

  static override styles = [
    BazaarElement.styles,
    timelineStyles,
    css`
      .score {
        font-size: var(--bz-text-2xl);
        font-weight: 650;
      }
    `,
  ];

  declare rejecting: boolean;
  declare reason: string;
  declare working: boolean;
  declare errors: ReadonlyMap<string, string>;

  readonly #application = new Reading<Application>(this, () =>
    call(this.ctx, 'applications.get', { id: this.ctx.params.id ?? '' }),
  );
  readonly #refreshSoon = debounce(() => void this.#application.run(), 100);

  constructor() {
    super();
    this.rejecting = false;
    this.reason = 'missing-skills';
    this.working = false;
    this.errors = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.listen('job-board.application.changed', ({ applicationId }) => {
      if (applicationId === this.ctx.params.id) this.#refreshSoon();
    });
    this.listen('reconnected', () => this.#refreshSoon());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.id === this.ctx.params.id) return;
    this.rejecting = false;
    this.#application.clear();
    void this.#application.run();
  }

  override updated(): void {
    const { value } = this.#application;
    if (value) this.ctx.setTitle(value.candidate.fullName);
  }

  /** Runs one change and shows the outcome; a refusal says why. */
  async #change<Result>(work: () => Promise<Result>, done: string): Promise<boolean> {
    if (this.working || this.ctx.readOnly) return false;
    this.working = true;
    this.errors = new Map();
    try {
      await work();
      this.ctx.notify(done, 'success');
      return true;
    } catch (error) {
      this.errors = formErrors(error);
      this.ctx.notify(problemMessage(error), 'error');
      return false;
    } finally {
      this.working = false;
      await this.#application.run();
    }
  }

  #move(application: Application, to: Input<'applications.move'>['to']): void {
    const { id, status: from } = application;
    void this.#change(
      () => call(this.ctx, 'applications.move', { id, to, from }),
      `Moved to ${APPLICATION_STATUSES[to]}.`,
    );
  }

  async #reject(event: SubmitEvent, id: string): Promise<void> {
    event.preventDefault();
    const feedback = this.renderRoot.querySelector<HTMLElement & { value: string }>('#feedback')?.value;
    const reason = this.reason as Input<'applications.reject'>['reason'];
    const done = await this.#change(() => call(this.ctx, 'applications.reject', { id, reason, feedback }), 'Rejected.');
    if (done) this.rejecting = false;
  }

  async #withdraw(application: Application): Promise<void> {
    const sure = await this.ctx.confirm({
      title: 'Record a withdrawal?',
      message: `${application.candidate.fullName} no longer wants to be considered. This cannot be undone; the candidate can apply again.`,
      confirm: 'Withdraw',
      danger: true,
    });
    if (sure) await this.#change(() => call(this.ctx, 'applications.withdraw', { id: application.id }), 'Withdrawn.');
  }

  async #note(event: SubmitEvent, id: string): Promise<void> {
    event.preventDefault();
    const field = this.renderRoot.querySelector<HTMLElement & { value: string }>('#note');
    if (!field || field.value.trim() === '') return;
    const done = await this.#change(() => call(this.ctx, 'applications.note', { id, remarks: field.value }), 'Noted.');
    if (done) field.value = '';
  }

  async #download(id: string): Promise<void> {
    try {
      await this.ctx.download('applications.cv', { id });
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
  }

  override render() {
    return html`<div class="page">
      ${readingState(this.#application, { what: 'the application', show: (application) => this.#shown(application) })}
    </div>`;
  }

  #shown(value: Application) {
    return html`${this.#header(value)} ${this.rejecting ? this.#rejection(value) : nothing}
      <div class="with-aside">
        <div class="stack">
          ${this.#fit(value)}
          <bazaar-slot
            name="job-board.application"
            .params=${{
              id: value.id,
              jobId: value.job.id,
              candidateId: value.candidate.id,
              ...(value.cvFileId === null ? {} : { cvFileId: value.cvFileId }),
            }}
          ></bazaar-slot>
          ${
            value.coverLetter === null
              ? nothing
              : html`<section class="card" aria-label="Cover letter">
                  <h2>Cover letter</h2>
                  <p class="text">${value.coverLetter}</p>
                </section>`
          }
          ${this.#history(value)}
        </div>
        ${this.#facts(value)}
      </div>`;
  }

  #header(application: Application) {
    const { candidate, job, nextStatuses, canReject, canWithdraw } = application;
    const writes = mayWrite(this.ctx, 'applications.write');
    const stage = (PIPELINE as readonly string[]).indexOf(application.status);
    return html`<header class="page-header">
      <div>
        <h1>${candidate.fullName}</h1>
        <p class="subtitle row">
          ${applicationChip(application.status)}
          <span>for <a href="/job-board/jobs/${job.id}">${job.title}</a>, applied
            ${timeAgo(application.appliedAt)}
          </span>
        </p>
      </div>
      ${
        writes
          ? html`<div class="actions" role="group" aria-label="Next step">
              ${nextStatuses.map(
                (status) => html`<vaadin-button
                  theme=${status === PIPELINE[stage + 1] ? 'primary' : ''}
                  ?disabled=${this.working}
                  @click=${() => this.#move(application, status as Input<'applications.move'>['to'])}
                  >${application.status === 'rejected' ? 'Reconsider' : APPLICATION_STATUSES[status]}</vaadin-button
                >`,
              )}
              ${
                canReject
                  ? html`<vaadin-button theme="error" ?disabled=${this.working} aria-expanded=${this.rejecting ? 'true' : 'false'} @click=${() => {
                      this.rejecting = !this.rejecting;
                    }}>Reject …</vaadin-button>`
                  : nothing
              }
              ${
                canWithdraw
                  ? html`<vaadin-button theme="tertiary" ?disabled=${this.working} @click=${() => this.#withdraw(application)}>Withdraw</vaadin-button>`
                  : nothing
              }
            </div>`
          : nothing
      }
    </header>`;
  }

  #rejection({ id, candidate }: Application) {
    return html`<form class="card stack" aria-label="Reject" @submit=${(event: SubmitEvent) => this.#reject(event, id)}>
      <h2>Reject ${candidate.fullName}</h2>
      <div class="form">
        <vaadin-select
          label="Reason"
          .items=${REASON_ITEMS}
          .value=${this.reason}
          @value-changed=${(event: Event) => {
            this.reason = (event.currentTarget as HTMLInputElement).value;
          }}
        ></vaadin-select>
        <vaadin-text-area
          id="feedback"
          class="full"
          label="Feedback"
          helper-text="Kept with the application; optional."
          maxlength="2000"
          ?invalid=${this.errors.has('/feedback')}
          .errorMessage=${this.errors.get('/feedback') ?? ''}
        ></vaadin-text-area>
      </div>
      <div class="actions">
        <vaadin-button theme="primary error" ?disabled=${this.working || this.ctx.readOnly} @click=${submitForm}>Reject</vaadin-button>
        <vaadin-button theme="tertiary" @click=${() => {
          this.rejecting = false;
        }}>Cancel</vaadin-button>
        ${readOnlyHint(this.ctx)}
      </div>
    </form>`;
  }

  #fit(application: Application) {
    const { score, scoreSummary, matchedSkills, missingSkills, cvFileId, scoredAt } = application;
    return html`<section class="card stack" aria-label="Fit of the CV" aria-live="polite">
      <div class="row between">
        <h2>Fit of the CV</h2>
        ${score === null ? nothing : html`<span class="score number">${score}<span class="muted small"> / 100</span></span>`}
      </div>
      ${
        score === null
          ? html`<p class="muted">
              ${
                cvFileId === null
                  ? 'There is no CV to score.'
                  : 'Not scored yet. With CV analysis enabled, the score appears here by itself.'
              }
            </p>`
          : html`
              <span class="meter" role="img" aria-label="Score ${score} of 100"><span style="width:${score}%"></span></span>
              ${scoreSummary === null || scoreSummary === '' ? nothing : html`<p>${scoreSummary}</p>`}
              <div class="columns">
                <div class="stack tight"><h3>Found</h3>${skillChips(matchedSkills, 'success', 'None of the skills asked for.')}</div>
                <div class="stack tight"><h3>Missing</h3>${skillChips(missingSkills, 'danger', 'Nothing is missing.')}</div>
              </div>
              ${scoredAt === null ? nothing : html`<p class="small muted">Scored ${ago(scoredAt)}</p>`}
            `
      }
    </section>`;
  }

  #history(application: Application) {
    return html`<section class="card stack" aria-label="Timeline">
      <h2>Timeline</h2>
      ${
        may(this.ctx, 'applications.write')
          ? html`<form
              class="stack tight"
              ?hidden=${this.ctx.readOnly}
              @submit=${(event: SubmitEvent) => this.#note(event, application.id)}
            >
              <vaadin-text-area id="note" label="Add a note" maxlength="2000"></vaadin-text-area>
              <div class="actions">
                <vaadin-button ?disabled=${this.working} @click=${submitForm}>Add note</vaadin-button>
              </div>
            </form>`
          : nothing
      }
      ${timeline(application.timeline)}
    </section>`;
  }

  #facts(application: Application) {
    const { candidate, job, cvFileId, rejectionReason, rejectionFeedback } = application;
    return html`<aside class="stack" aria-label="Facts">
      <section class="card stack">
        <h2>Candidate</h2>
        <dl class="facts">
          <dt>E-mail</dt>
          <dd><a href="mailto:${candidate.email}">${candidate.email}</a></dd>
          ${candidate.phone === null ? nothing : html`<dt>Phone</dt><dd>${candidate.phone}</dd>`}
          ${candidate.location === '' ? nothing : html`<dt>Place</dt><dd>${candidate.location}</dd>`}
          ${candidate.headline === null ? nothing : html`<dt>Profile</dt><dd>${candidate.headline}</dd>`}
        </dl>
        <div class="actions">
          ${
            cvFileId === null
              ? html`<span class="muted small">No CV</span>`
              : html`<vaadin-button @click=${() => this.#download(application.id)}>
                  <bazaar-icon name="download" slot="prefix"></bazaar-icon>Download CV
                </vaadin-button>`
          }
          ${
            may(this.ctx, 'candidates.read')
              ? html`<a href="/job-board/candidates?id=${candidate.id}">All applications</a>`
              : nothing
          }
        </div>
      </section>
      <section class="card">
        <h2>Application</h2>
        <dl class="facts">
          <dt>Job</dt>
          <dd><a href="/job-board/jobs/${job.id}">${job.title}</a></dd>
          <dt>Place</dt>
          <dd>${job.location || '–'}</dd>
          <dt>Source</dt>
          <dd>${SOURCES[application.source]}</dd>
          ${application.referralCode === null ? nothing : html`<dt>Referral</dt><dd>${application.referralCode}</dd>`}
          <dt>Consent</dt>
          <dd>${application.consentAt === null ? 'Not recorded' : formatMoment(application.consentAt)}</dd>
          <dt>CV score</dt>
          <dd>${scoreChip(application.score)}</dd>
          ${
            rejectionReason === null
              ? nothing
              : html`<dt>Rejected</dt><dd>${REJECTION_REASONS[rejectionReason]}${rejectionFeedback === null ? nothing : html`<br /><span class="muted small">${rejectionFeedback}</span>`}</dd>`
          }
        </dl>
      </section>
    </aside>`;
  }
}

customElements.define('job-board-application', ApplicationScreen);
