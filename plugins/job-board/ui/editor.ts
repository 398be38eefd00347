import {
  BazaarElement,
  formErrors,
  mayWrite,
  problemMessage,
  Reading,
  readingState,
  readOnlyHint,
  UiProblem,
  UnsavedGuard,
} from '@bazaar/sdk/ui';
import { css, html, nothing, type PropertyValues } from 'lit';
import type { Output } from '../src/context.ts';
import './parts/bill-rates.ts';
import { call } from './parts/call.ts';
import { jobChip } from './parts/chips.ts';
import { type FormAccess, fieldControl } from './parts/field-controls.ts';
import { furtherPlaces } from './parts/further-places.ts';
import { type JobInput, NEW_JOB, SECTIONS, type SectionSpec } from './parts/job-form-sections.ts';

type Job = Output<'jobs.get'>;

const LABELS = new Map<string, string>(
  SECTIONS.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])),
);
/** `/remoteCountries/0` → `remoteCountries` */
const fieldOf = (pointer: string): string => pointer.split('/')[1] ?? '';

/** Writes a job: a new one, or changes one. Publishing shows at each field what search engines would refuse. */
class Editor extends BazaarElement {
  static override properties = {
    ...BazaarElement.properties,
    changes: { state: true },
    errors: { state: true },
    problem: { state: true },
    working: { state: true },
  };

  static override styles = [
    BazaarElement.styles,
    css`
      summary {
        cursor: pointer;
      }
      summary > h2 {
        display: inline;
      }
      summary:focus-visible {
        outline: 2px solid transparent;
        border-radius: var(--bz-radius-s);
        box-shadow: var(--bz-focus);
      }
      details[open] > summary {
        margin-block-end: var(--bz-space-4);
      }
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        margin-block-end: var(--bz-space-2);
        font-weight: 600;
      }
      vaadin-checkbox {
        align-self: end;
      }
      .banner ul {
        margin-block-start: var(--bz-space-1);
        padding-inline-start: 1.25rem;
      }
      .banner button {
        padding: 0;
        border: 0;
        background: none;
        color: var(--bz-accent-text);
        font: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
      .bar {
        position: sticky;
        inset-block-end: 0;
        z-index: 1;
        padding: var(--bz-space-3) var(--bz-space-4);
        border: 1px solid var(--bz-border);
        border-radius: var(--bz-radius-l);
        background: var(--bz-surface);
        box-shadow: var(--bz-shadow-m);
      }
    `,
  ];

  /** What differs from the stored job, or from a new one. */
  declare changes: Partial<JobInput>;
  declare errors: ReadonlyMap<string, string>;
  /** What to say above the form. */
  declare problem: { message: string; reason: string | undefined } | null;
  declare working: boolean;

  readonly #job = new Reading<Job>(this, () => call(this.ctx, 'jobs.get', { id: this.ctx.params.id ?? '' }));

  constructor() {
    super();
    this.changes = {};
    this.errors = new Map();
    this.problem = null;
    this.working = false;
    const guard = new UnsavedGuard({
      isDirty: () => Object.keys(this.changes).length > 0,
      confirm: () =>
        this.ctx.confirm({
          title: 'Leave without saving?',
          message: 'What you have changed on this job will be lost.',
          confirm: 'Leave',
          danger: true,
        }),
      leave: (path) => {
        this.changes = {};
        this.ctx.navigate(path);
      },
    });
    this.addController(guard);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ctx');
    if (!changed.has('ctx') || (before !== undefined && before.params.id === this.ctx.params.id)) return;
    this.#job.clear();
    this.changes = {};
    this.#forget();
    if (this.ctx.params.id !== undefined) void this.#open();
  }

  async #open(): Promise<void> {
    await this.#job.run();
    const job = this.#job.value;
    if (!job) return;
    this.ctx.setTitle(job.title);
    const publishes = this.ctx.params.publish !== undefined && mayWrite(this.ctx, 'jobs.publish');
    if (publishes && job.status === 'draft') await this.#publish();
  }

  #forget(): void {
    this.errors = new Map();
    this.problem = null;
  }

  #value(name: keyof JobInput): unknown {
    if (name in this.changes) return this.changes[name];
    return this.#job.value === null ? NEW_JOB[name] : this.#job.value[name as keyof Job];
  }

  #set(name: keyof JobInput, value: unknown): void {
    const { [name]: _before, ...rest } = this.changes;
    const stored = this.#job.value === null ? NEW_JOB[name] : this.#job.value[name as keyof Job];
    // What is back at its old value is no change.
    const back = JSON.stringify(stored ?? null) === JSON.stringify(value ?? null);
    this.changes = back ? rest : ({ ...rest, [name]: value } as Partial<JobInput>);
    if (!this.errors.has(`/${name}`)) return;
    this.errors = new Map([...this.errors].filter(([pointer]) => fieldOf(pointer) !== name));
  }

  #errorOf(name: string): string {
    return [...this.errors].filter(([pointer]) => fieldOf(pointer) === name).map(([, message]) => message)[0] ?? '';
  }

  /** Runs a change; a refusal goes to its fields and above the form. */
  async #attempt<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    this.working = true;
    this.#forget();
    try {
      return await work();
    } catch (error) {
      this.errors = formErrors(error);
      this.problem = { message: problemMessage(error), reason: error instanceof UiProblem ? error.reason : undefined };
      void this.#showFirstError();
      return undefined;
    } finally {
      this.working = false;
    }
  }

  async #showFirstError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#problem')?.focus();
  }

  #focus(name: string): void {
    const field = this.renderRoot.querySelector<HTMLElement>(`[data-field="${name}"]`);
    field?.closest('details')?.setAttribute('open', '');
    field?.focus();
    field?.scrollIntoView({ block: 'center' });
  }

  /** `true` when there was nothing to save, or it has been saved. */
  async #save(): Promise<boolean> {
    const job = this.#job.value;
    if (job === null) {
      const created = await this.#attempt(() =>
        call(this.ctx, 'jobs.create', this.#sent({ ...NEW_JOB, ...this.changes, title: this.changes.title ?? '' })),
      );
      if (!created) return false;
      this.changes = {};
      this.ctx.notify('Saved as a draft.', 'success');
      this.ctx.navigate(`/job-board/jobs/${created.id}/edit`);
      return true;
    }
    if (Object.keys(this.changes).length === 0) return true;
    const saved = await this.#attempt(() =>
      call(this.ctx, 'jobs.update', { id: job.id, revision: job.revision, ...this.#sent(this.changes) }),
    );
    if (!saved) return false;
    this.changes = {};
    await this.#job.run();
    this.ctx.notify('Saved.', 'success');
    return true;
  }

  /** Lines left empty are dropped, and an emptied address means: make one. */
  #sent<Fields extends Partial<JobInput>>(fields: Fields): Fields {
    const entries = Object.entries(fields)
      .filter(([name, value]) => name !== 'slug' || typeof value === 'string')
      .map(([name, value]) => [
        name,
        Array.isArray(value) ? value.filter((item) => typeof item !== 'string' || item.trim() !== '') : value,
      ]);
    return Object.fromEntries(entries) as Fields;
  }

  async #publish(): Promise<void> {
    const { id } = this.#job.value ?? {};
    if (id === undefined || !(await this.#save())) return;
    const { revision } = this.#job.value ?? {};
    const published = await this.#attempt(() => call(this.ctx, 'jobs.publish', { id, revision }));
    if (!published) return;
    this.ctx.notify('The job is public now.', 'success');
    this.ctx.navigate(`/job-board/jobs/${id}`);
  }

  async #reload(): Promise<void> {
    this.changes = {};
    this.#forget();
    await this.#job.run();
  }

  override render() {
    if (this.ctx.params.id === undefined) return html`<div class="page">${this.#form(null)}</div>`;
    return html`<div class="page">
      ${readingState(this.#job, { what: 'the job', show: (job) => this.#form(job), retry: () => void this.#open() })}
    </div>`;
  }

  #form(value: Job | null) {
    const form: FormAccess = {
      get: (name) => this.#value(name),
      set: (name, next) => this.#set(name, next),
      error: (name) => this.#errorOf(name),
    };
    return html`<header class="page-header">
        <div>
          <h1>${value?.title ?? 'New job'}</h1>
          <p class="subtitle row">
            ${value === null ? 'A draft until you publish it.' : html`${jobChip(value.status)} <span>Last saved as revision ${value.revision}</span>`}
          </p>
        </div>
      </header>
      ${this.#banner()} ${SECTIONS.map((section) => this.#section(section, form))}
      ${value === null ? nothing : html`<job-board-rates .ctx=${this.ctx} .jobId=${value.id}></job-board-rates>`}
      ${this.#bar(value)}`;
  }

  #banner() {
    if (this.problem === null) return nothing;
    return html`<div class="banner danger" role="alert" id="problem" tabindex="-1">
      <bazaar-icon name="octagon-alert"></bazaar-icon>
      <div>
        ${this.errors.size === 1 ? nothing : html`<p>${this.problem.message}</p>`}
        ${
          this.errors.size === 0
            ? nothing
            : html`<ul>
                ${[...this.errors].map(
                  ([pointer, message]) => html`<li>
                    <button type="button" @click=${() => this.#focus(fieldOf(pointer))}>
                      ${LABELS.get(fieldOf(pointer)) ?? fieldOf(pointer)}</button
                    >: ${message}
                  </li>`,
                )}
              </ul>`
        }
        ${
          this.problem.reason === 'stale-revision'
            ? html`<vaadin-button theme="small" @click=${() => this.#reload()}>Reload the job</vaadin-button>`
            : nothing
        }
      </div>
    </div>`;
  }

  #section(section: SectionSpec, form: FormAccess) {
    const wrong = section.fields.some(({ name }) => this.#errorOf(name) !== '');
    const fields = html`
      ${section.text === undefined ? nothing : html`<p class="muted">${section.text}</p>`}
      <div class="form">${section.fields.map((spec) => fieldControl(spec, form))}</div>
      ${section.id === 'place' ? this.#places() : nothing}
    `;
    return section.collapsed
      ? html`<details class="card" ?open=${wrong}>
          <summary><h2>${section.title}</h2></summary>
          <div class="stack">${fields}</div>
        </details>`
      : html`<section class="card stack" aria-label=${section.title}><h2>${section.title}</h2>${fields}</section>`;
  }

  #places() {
    const places = this.#value('furtherLocations') as Job['furtherLocations'] | undefined;
    return furtherPlaces({
      places: (places ?? []).map(({ street, city, region, postalCode, country }) => ({
        street: street ?? null,
        city,
        region: region ?? null,
        postalCode: postalCode ?? null,
        country,
      })),
      set: (next) => this.#set('furtherLocations', next),
      error: (pointer) => this.errors.get(pointer) ?? '',
    });
  }

  #bar(job: Job | null) {
    const dirty = Object.keys(this.changes).length > 0;
    const quiet = job === null || this.ctx.readOnly;
    return html`<div class="bar row between" role="group" aria-label="Save">
      <div class="row">
        <span class="muted" role="status">${dirty ? 'There are unsaved changes.' : quiet ? '' : 'Everything is saved.'}</span>
        ${readOnlyHint(this.ctx)}
      </div>
      <div class="actions">
        ${
          job === null
            ? html`<vaadin-button theme="tertiary" @click=${() => this.ctx.navigate('/job-board/jobs')}>Cancel</vaadin-button>`
            : html`<a href="/job-board/jobs/${job.id}">Overview</a>`
        }
        ${
          job?.status === 'open' && job.isPublic
            ? html`<a href=${job.publicPath} target="_blank" rel="noopener">Public page</a>`
            : nothing
        }
        <vaadin-button ?disabled=${this.working || this.ctx.readOnly || (job !== null && !dirty)} @click=${() => this.#save()}>
          ${job === null ? 'Save draft' : 'Save'}
        </vaadin-button>
        ${
          job?.status === 'draft' && mayWrite(this.ctx, 'jobs.publish')
            ? html`<vaadin-button theme="primary" ?disabled=${this.working} @click=${() => this.#publish()}>Publish</vaadin-button>`
            : nothing
        }
      </div>
    </div>`;
  }
}

customElements.define('job-board-editor', Editor);
