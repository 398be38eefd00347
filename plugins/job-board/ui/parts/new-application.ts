import { formErrors, pageStyles, problemMessage, readOnlyHint, type UiContext } from '@bazaar/sdk/ui';
import { css, html, LitElement, nothing } from 'lit';
import { call } from './call.ts';
import { submitForm } from './submit-form.ts';

const FIELDS = [
  { name: 'name', label: 'Full name', tag: 'text', required: true },
  { name: 'email', label: 'E-mail', tag: 'email', required: true },
  { name: 'phone', label: 'Phone', tag: 'text', required: false },
  { name: 'headline', label: 'Headline', tag: 'text', required: false },
] as const;
type FieldName = (typeof FIELDS)[number]['name'];

/** Enters an application on behalf of a candidate. Fires `done` when it is stored, `cancel` when it is not wanted. */
export class NewApplication extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    jobId: { attribute: false },
    values: { state: true },
    errors: { state: true },
    percent: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      input[type='file'] {
        max-width: 100%;
        font: inherit;
        color: inherit;
      }
      .error {
        color: var(--bz-danger);
        font-size: var(--bz-text-s);
      }
    `,
  ];

  declare ctx: UiContext;
  declare jobId: string;
  declare values: Record<FieldName, string>;
  declare errors: ReadonlyMap<string, string>;
  /** Progress of the upload while the form is being sent. */
  declare percent: number | null;

  constructor() {
    super();
    this.values = { name: '', email: '', phone: '', headline: '' };
    this.errors = new Map();
    this.percent = null;
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.percent !== null || this.ctx.readOnly) return;
    const cv = this.renderRoot.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    const { name, email, phone, headline } = this.values;
    this.percent = 0;
    try {
      await call(
        this.ctx,
        'applications.create',
        { jobId: this.jobId, name, email, phone: phone || undefined, headline: headline || undefined },
        cv
          ? {
              files: { cv },
              onProgress: (percent) => {
                this.percent = percent;
              },
            }
          : {},
      );
      this.ctx.notify(`${name} was added.`, 'success');
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      this.errors = formErrors(error);
      if (this.errors.size === 0) this.ctx.notify(problemMessage(error), 'error');
    }
    this.percent = null;
  }

  override render() {
    const cvError = this.errors.get('/cv');
    return html`<form class="card stack" aria-label="Add a candidate" @submit=${this.#send}>
      <h2>Add a candidate</h2>
      <div class="form">
        ${FIELDS.map((field) => this.#field(field))}
        <div class="full stack tight">
          <label for="cv">CV (PDF or Word, at most 10 MB)</label>
          <input
            id="cv"
            type="file"
            accept=".pdf,.docx"
            aria-invalid=${cvError === undefined ? 'false' : 'true'}
            aria-describedby="cv-error"
          />
          <p class="error" id="cv-error">${cvError}</p>
        </div>
      </div>
      ${
        this.percent === null
          ? nothing
          : html`<vaadin-progress-bar .value=${this.percent / 100} aria-label="Upload"></vaadin-progress-bar>`
      }
      <div class="actions">
        <vaadin-button theme="primary" ?disabled=${this.percent !== null || this.ctx.readOnly} @click=${submitForm}>Add</vaadin-button>
        <vaadin-button theme="tertiary" @click=${() => this.dispatchEvent(new Event('cancel'))}>Cancel</vaadin-button>
        ${readOnlyHint(this.ctx)}
      </div>
    </form>`;
  }

  #field({ name, label, tag, required }: (typeof FIELDS)[number]) {
    const error = this.errors.get(`/${name}`) ?? '';
    const onInput = (event: Event) => {
      this.values = { ...this.values, [name]: (event.currentTarget as HTMLInputElement).value };
    };
    return tag === 'email'
      ? html`<vaadin-email-field label=${label} manual-validation ?required=${required} ?invalid=${error !== ''} .errorMessage=${error} .value=${this.values[name]} @input=${onInput}></vaadin-email-field>`
      : html`<vaadin-text-field label=${label} manual-validation ?required=${required} ?invalid=${error !== ''} .errorMessage=${error} .value=${this.values[name]} @input=${onInput}></vaadin-text-field>`;
  }
}

customElements.define('job-board-new-application', NewApplication);
