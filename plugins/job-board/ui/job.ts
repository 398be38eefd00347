import {
  BazaarElement,
  debounce,
  may,
  mayWrite,
  problemMessage,
  Reading,
  readingState,
  UiProblem,
} from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import { APPLICATION_STATUSES } from '../src/labels.ts';
import { call } from './parts/call.ts';
import { applicationChip, flags, jobChip } from './parts/chips.ts';
import { internalFacts, jobFacts, jobRequirements } from './parts/job-overview.ts';
import './parts/new-application.ts';
import type { MoveDetail } from './parts/pipeline-board.ts';
import './parts/pipeline-board.ts';

type Job = Output<'jobs.get'>;
type Line = Output<'applications.list'>['items'][number];
type Step = 'jobs.publish' | 'jobs.pause' | 'jobs.close' | 'jobs.reopen' | 'jobs.archive';

interface Button {
  action: Step;
  title: string;
  done: string;
  permission: string;
  theme?: string;
  filled?: boolean;
  question?: string;
}

const PUBLISH: Button = {
  action: 'jobs.publish',
  title: 'Publish',
  done: 'The job is public now.',
  permission: 'jobs.publish',
  theme: 'primary',
};
const PAUSE: Button = { action: 'jobs.pause', title: 'Pause', done: 'The job is paused.', permission: 'jobs.publish' };
const REOPEN: Button = {
  action: 'jobs.reopen',
  title: 'Reopen',
  done: 'The job is open again.',
  permission: 'jobs.publish',
  theme: 'primary',
};
const FILL: Button = {
  action: 'jobs.close',
  title: 'Mark as filled',
  done: 'The job is filled.',
  permission: 'jobs.publish',
  filled: true,
  question: 'The job takes no more applications and its public page says so.',
};
const CLOSE: Button = {
  action: 'jobs.close',
  title: 'Close',
  done: 'The job is closed.',
  permission: 'jobs.publish',
  question: 'The job takes no more applications and its public page says so.',
};
const ARCHIVE: Button = {
  action: 'jobs.archive',
  title: 'Archive',
  done: 'The job is archived.',
  permission: 'jobs.write',
  theme: 'tertiary',
  question: 'An archived job disappears from the lists and cannot be opened again.',
};

const BUTTONS: Record<Job['status'], readonly Button[]> = {
  draft: [PUBLISH, ARCHIVE],
  open: [FILL, PAUSE, CLOSE],
  paused: [REOPEN, FILL, CLOSE],
  filled: [REOPEN, ARCHIVE],
  closed: [REOPEN, ARCHIVE],
  archived: [],
};

/** One job: where it stands, who has applied, what it asks for. */
class JobScreen extends BazaarElement {
  static override properties = { ...BazaarElement.properties, adding: { state: true }, working: { state: true } };

  static override styles = [
    BazaarElement.styles,
    css`
      summary {
        cursor: pointer;
        font-weight: 600;
      }
      summary:focus-visible {
        outline: 2px solid transparent;
        border-radius: var(--bz-radius-s);
        box-shadow: var(--bz-focus);
      }
    `,
  ];

  declare adding: boolean;
  declare working: boolean;

  readonly #job = new Reading<Job>(this, () => call(this.ctx, 'jobs.get', { id: this.#id }));
  readonly #applications = new Reading<Line[]>(this, async () => {
    const page = await call(this.ctx, 'applications.list', { jobId: this.#id, sort: 'score', limit: 100 });
    return page.items;
  });
  readonly #refreshSoon = debounce(() => this.#refresh(), 100);

  constructor() {
    super();
    this.adding = false;
    this.working = false;
  }

  get #id(): string {
    return this.ctx.params.id ?? '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of [
      'job-board.application.submitted',
      'job-board.application.changed',
      'job-board.job.published',
    ]) {
      this.listen(event, ({ jobId }) => {
        if (jobId === this.#id) this.#refreshSoon();
      });
    }
    this.listen('reconnected', () => this.#refreshSoon());
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || before?.params.id === this.ctx.params.id) return;
    this.adding = false;
    this.#job.clear();
    this.#applications.clear();
    this.#refresh();
  }

  override updated(): void {
    const { value } = this.#job;
    if (value) this.ctx.setTitle(value.title);
  }

  #refresh(): void {
    void this.#job.run();
    if (may(this.ctx, 'applications.read')) void this.#applications.run();
  }

  async #step(job: Job, { action, title, done, question, filled }: Button): Promise<void> {
    if (question !== undefined) {
      const sure = await this.ctx.confirm({
        title: `${title}?`,
        message: question,
        confirm: title,
        danger: action !== 'jobs.close',
      });
      if (!sure) return;
    }
    this.working = true;
    try {
      const input = { id: job.id, revision: job.revision };
      if (action === 'jobs.close') await call(this.ctx, action, { ...input, filled });
      else await call(this.ctx, action, input);
      this.ctx.notify(done, 'success');
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
      // The editor shows each message beside its field.
      if (error instanceof UiProblem && error.reason === 'not-publishable') {
        this.ctx.navigate(`/job-board/jobs/${job.id}/edit?publish=1`);
      }
    }
    this.working = false;
    this.#refresh();
  }

  async #move({ application, to }: MoveDetail): Promise<void> {
    try {
      await call(this.ctx, 'applications.move', { id: application.id, to, from: application.status });
      this.ctx.notify(`${application.candidateName} moved to ${APPLICATION_STATUSES[to]}.`, 'success');
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
    await this.#applications.run();
  }

  override render() {
    return html`<div class="page">
      ${readingState(this.#job, { what: 'the job', show: (job) => this.#shown(job), retry: () => this.#refresh() })}
    </div>`;
  }

  #shown(value: Job) {
    return html`${this.#header(value)}
      ${may(this.ctx, 'applications.read') ? this.#pipeline(value) : nothing}
      <div class="with-aside">
        <div class="stack">
          <section class="card stack" aria-label="What the job asks for">
            <h2>What the job asks for</h2>
            ${jobRequirements(value)}
          </section>
          <section class="card stack" aria-label="Description">
            <h2>Description</h2>
            <p class="text">${value.description === '' ? html`<span class="muted">Not written yet.</span>` : value.description}</p>
          </section>
        </div>
        <aside class="stack" aria-label="Facts">
          <section class="card"><h2>Facts</h2>${jobFacts(value)}</section>
          <section class="card"><h2>Internal</h2>${internalFacts(value)}</section>
        </aside>
      </div>`;
  }

  #header(job: Job) {
    return html`<header class="page-header">
      <div>
        <h1>${job.title}</h1>
        <p class="subtitle row">${jobChip(job.status)} ${flags(job)} <bdi>${job.location}</bdi></p>
      </div>
      <div class="actions">
        ${
          job.status === 'open' && job.isPublic
            ? html`<a href=${job.publicPath} target="_blank" rel="noopener">Public page</a>`
            : nothing
        }
        ${
          mayWrite(this.ctx, 'jobs.write') && job.status !== 'archived'
            ? html`<vaadin-button @click=${() => this.ctx.navigate(`/job-board/jobs/${job.id}/edit`)}>
                <bazaar-icon name="pencil" slot="prefix"></bazaar-icon>Edit
              </vaadin-button>`
            : nothing
        }
        ${BUTTONS[job.status]
          .filter(({ permission }) => mayWrite(this.ctx, permission))
          .map(
            (button) => html`<vaadin-button
              theme=${button.theme ?? ''}
              ?disabled=${this.working}
              @click=${() => this.#step(job, button)}
              >${button.title}</vaadin-button
            >`,
          )}
      </div>
    </header>`;
  }

  #pipeline(job: Job) {
    const writes = mayWrite(this.ctx, 'applications.write');
    return html`<section class="stack" aria-label="Applications">
      <div class="row between">
        <h2>Applications <span class="muted number">${job.applicationCount}</span></h2>
        ${
          writes && job.status !== 'archived' && !this.adding
            ? html`<vaadin-button theme="small" @click=${() => {
                this.adding = true;
              }}><bazaar-icon name="user-plus" slot="prefix"></bazaar-icon>Add candidate</vaadin-button>`
            : nothing
        }
      </div>
      ${
        this.adding
          ? html`<job-board-new-application
              .ctx=${this.ctx}
              .jobId=${job.id}
              @done=${() => {
                this.adding = false;
                this.#refresh();
              }}
              @cancel=${() => {
                this.adding = false;
              }}
            ></job-board-new-application>`
          : nothing
      }
      ${readingState(this.#applications, {
        what: 'applications',
        show: (lines) => html`
          <job-board-pipeline
            .applications=${lines}
            ?editable=${writes}
            @move=${(event: CustomEvent<MoveDetail>) => this.#move(event.detail)}
          ></job-board-pipeline>
          ${this.#ended(lines)}
        `,
      })}
    </section>`;
  }

  #ended(all: readonly Line[]) {
    const lines = all.filter(({ status }) => status === 'rejected' || status === 'withdrawn');
    if (lines.length === 0) return nothing;
    return html`<details>
      <summary>${lines.length} rejected or withdrawn</summary>
      <ul class="list">
        ${lines.map(
          (line) => html`<li class="row">
            <a href="/job-board/applications/${line.id}">${line.candidateName}</a> ${applicationChip(line.status)}
          </li>`,
        )}
      </ul>
    </details>`;
  }
}

customElements.define('job-board-job', JobScreen);
