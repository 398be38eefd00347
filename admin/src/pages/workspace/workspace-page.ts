import { formatDay, formErrors, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { UnsavedWork } from '../../leaving/unsaved-work.ts';
import { logo } from '../../pictures/face.ts';
import '../../pictures/picture-field.ts';
import { failureState, loadingState } from '../../shell/states.ts';
import { submitOnEnter } from '../entrance.ts';
import { Reading } from '../reading.ts';
import { changeOf, draftOf, type WorkspaceDraft, type WorkspaceView } from './workspace-draft.ts';

const TYPES = [
  { value: 'employer', label: 'Employer' },
  { value: 'recruitment-agency', label: 'Recruitment agency' },
  { value: 'staffing-agency', label: 'Staffing agency' },
  { value: 'freelance-recruiter', label: 'Freelance recruiter' },
];
const INDUSTRIES = [
  { value: 'construction', label: 'Construction' },
  { value: 'education', label: 'Education' },
  { value: 'engineering', label: 'Engineering' },
  { value: 'finance', label: 'Finance' },
  { value: 'healthcare', label: 'Healthcare' },
  { value: 'hospitality', label: 'Hospitality' },
  { value: 'logistics', label: 'Logistics' },
  { value: 'manufacturing', label: 'Manufacturing' },
  { value: 'professional-services', label: 'Professional services' },
  { value: 'public-sector', label: 'Public sector' },
  { value: 'retail', label: 'Retail' },
  { value: 'staffing', label: 'Staffing' },
  { value: 'technology', label: 'Technology' },
  { value: 'other', label: 'Something else' },
];
const SIZES = [
  { value: '1-10', label: '1 to 10' },
  { value: '11-50', label: '11 to 50' },
  { value: '51-200', label: '51 to 200' },
  { value: '201-500', label: '201 to 500' },
  { value: '501-1000', label: '501 to 1,000' },
  { value: '1001-5000', label: '1,001 to 5,000' },
  { value: '5001+', label: 'More than 5,000' },
];

type Field = keyof WorkspaceDraft;

/** What the workspace is called, and what it says of itself. */
class WorkspacePage extends AppElement {
  static override properties = {
    ...AppElement.properties,
    draft: { state: true },
    busy: { state: true },
    failure: { state: true },
  };

  static override styles = pageStyles;

  /** What stands in the form; `null` until the workspace has been read. */
  declare draft: WorkspaceDraft | null;
  declare busy: boolean;
  /** Why it could not be saved. */
  declare failure: unknown;

  readonly #workspace = new Reading<WorkspaceView>(this, async () => {
    const workspace = await this.app.api.json<WorkspaceView>('GET', '/api/tenant');
    this.draft ??= draftOf(workspace);
    return workspace;
  });

  constructor() {
    super();
    this.draft = null;
    this.busy = false;
    this.failure = null;
    new UnsavedWork(this, () => this.#change !== null);
  }

  /** What differs from what is stored; `null` when nothing does. */
  get #change() {
    const { value } = this.#workspace;
    return value && this.draft && changeOf(value, this.draft);
  }

  async #save(): Promise<void> {
    const body = this.#change;
    if (!body || this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      const saved = await this.app.api.json<WorkspaceView>('PATCH', '/api/tenant', { body });
      this.#workspace.value = saved;
      this.draft = draftOf(saved);
      this.app.notify('Saved.', 'success');
      // The name stands in the frame around this page.
      void this.app.shell.load();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  override render() {
    const { value, failure } = this.#workspace;
    const { draft } = this;
    if (!value || !draft)
      return failure === null ? loadingState('workspace') : failureState(failure, () => this.#workspace.run());
    return html`<div class="page narrow">
      <header class="page-header">
        <div>
          <h1>Workspace</h1>
          <p class="subtitle">What your organisation is called here, and what it says of itself.</p>
        </div>
      </header>
      ${this.#name(draft, value)} ${this.#about(draft)}
      ${this.#refusal()}
      <div class="actions end">
        <vaadin-button
          theme="primary"
          ?disabled=${this.busy || this.#change === null}
          @click=${() => this.#save()}
        >
          ${this.busy ? 'Saving…' : 'Save'}
        </vaadin-button>
      </div>
    </div>`;
  }

  #refusal() {
    if (this.failure === null || formErrors(this.failure).size > 0) return nothing;
    return html`<p class="banner danger" role="alert">
      <bazaar-icon name="circle-alert"></bazaar-icon>${problemMessage(this.failure)}
    </p>`;
  }

  #set(field: Field, value: string): void {
    if (this.draft && this.draft[field] !== value) this.draft = { ...this.draft, [field]: value };
  }

  #error(field: Field): string {
    return formErrors(this.failure).get(field === 'name' ? '/name' : `/profile/${field}`) ?? '';
  }

  #name(draft: WorkspaceDraft, { slug, logo: path, verifiedAt }: WorkspaceView) {
    const error = this.#error('name');
    return html`<section class="card stack" aria-labelledby="called">
      <div class="row between">
        <h2 id="called">What it is called</h2>
        ${verifiedAt === null ? nothing : html`<span class="chip success"><bazaar-icon name="badge-check"></bazaar-icon>Verified</span>`}
      </div>
      <bz-picture-field
        .app=${this.app}
        label="logo"
        path="/api/tenant/logo"
        hint="PNG, JPEG or WebP. Stands on your public pages, and above the menu."
        framing="whole"
        ?isSet=${path !== null}
        .shown=${logo({ name: draft.name, path })}
        @picture-changed=${() => void this.#workspace.run()}
      ></bz-picture-field>
      <vaadin-text-field
        label="Name"
        required
        manual-validation
        maxlength="120"
        autocomplete="organization"
        helper-text="Stands on public pages, in e-mails, and wherever people choose a workspace."
        .value=${draft.name}
        ?invalid=${error !== ''}
        .errorMessage=${error}
        @input=${(event: Event) => this.#set('name', (event.currentTarget as HTMLInputElement).value)}
        @keydown=${submitOnEnter(() => void this.#save())}
      ></vaadin-text-field>
      ${
        verifiedAt === null
          ? nothing
          : html`<p class="small muted">
              Since ${formatDay(verifiedAt)} your public start page says that the platform has checked who you are. Another
              name or website ends that.
            </p>`
      }
      <p class="small muted">
        The short name, <code>${slug}</code>, cannot be changed: it is part of addresses that others have, such as that
        of <a href="/t/${slug}" target="_blank" rel="noopener">your public pages</a>.
      </p>
    </section>`;
  }

  #about(draft: WorkspaceDraft) {
    const error = this.#error('description');
    return html`<section class="card stack" aria-labelledby="about">
      <h2 id="about">About</h2>
      <div class="form">
        <vaadin-text-area
          class="full"
          label="What you do"
          helper-text="Visitors read it on your public start page, with kind, website and headquarters."
          maxlength="2000"
          manual-validation
          .value=${draft.description}
          ?invalid=${error !== ''}
          .errorMessage=${error}
          @input=${(event: Event) => this.#set('description', (event.currentTarget as HTMLTextAreaElement).value)}
        ></vaadin-text-area>
        ${this.#choice('type', 'Kind of organisation', TYPES, draft)}
        ${this.#choice('industry', 'Industry', INDUSTRIES, draft)}
        ${this.#choice('size', 'People who work there', SIZES, draft)}
        ${this.#line('website', 'Website', draft, { placeholder: 'https://', maxlength: 300 })}
        ${this.#line('headquarters', 'Headquarters', draft, { placeholder: 'Berlin, Germany', maxlength: 120 })}
        ${this.#line('foundedYear', 'Founded in', draft, { placeholder: '1999', maxlength: 4, allowed: '[0-9]' })}
      </div>
    </section>`;
  }

  #line(
    field: Field,
    label: string,
    draft: WorkspaceDraft,
    { placeholder, maxlength, allowed = '' }: { placeholder: string; maxlength: number; allowed?: string },
  ) {
    const error = this.#error(field);
    return html`<vaadin-text-field
      label=${label}
      placeholder=${placeholder}
      maxlength=${maxlength}
      manual-validation
      .allowedCharPattern=${allowed}
      .value=${draft[field]}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @input=${(event: Event) => this.#set(field, (event.currentTarget as HTMLInputElement).value)}
      @keydown=${submitOnEnter(() => void this.#save())}
    ></vaadin-text-field>`;
  }

  #choice(field: Field, label: string, items: readonly { value: string; label: string }[], draft: WorkspaceDraft) {
    const error = this.#error(field);
    return html`<vaadin-combo-box
      label=${label}
      clear-button-visible
      manual-validation
      .items=${items}
      .value=${draft[field]}
      ?invalid=${error !== ''}
      .errorMessage=${error}
      @value-changed=${(event: CustomEvent<{ value: string }>) => this.#set(field, event.detail.value)}
    ></vaadin-combo-box>`;
  }
}

customElements.define('bz-workspace', WorkspacePage);
