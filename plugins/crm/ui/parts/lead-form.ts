import {
  controlStyles,
  formErrors,
  pageStyles,
  problemMessage,
  readOnlyHint,
  typedCall,
  type UiContext,
} from '@bazaar/sdk/ui';
import { html, LitElement, type TemplateResult } from 'lit';
import type { Contract } from '../../src/contract.generated.ts';
import { minorUnits, money } from './money.ts';
import './owner-picker.ts';
import type { Owner, OwnerChosen } from './owner-picker.ts';

type NewLead = Contract['actions']['leads.create']['input'];

const call = typedCall<Contract>();

/** In minor units, as the action takes it: it would name its limit in them, too. */
const MOST = 1_000_000_000_000;

/** Browsers do so by themselves only where there is a button of their own. In the picker the key takes a person. */
function submitByEnter(event: KeyboardEvent): void {
  const inField = (event.target as HTMLElement).closest('[name]') !== null;
  if (event.key === 'Enter' && inField) (event.currentTarget as HTMLFormElement).requestSubmit();
}

/** `<crm-lead-form .ctx .currency>`: a lead to be added, looked after by whoever adds it. Fires `added` or `cancelled`. */
export class LeadForm extends LitElement {
  static override styles = [pageStyles, controlStyles];

  static override properties = {
    ctx: { attribute: false },
    currency: { type: String },
    owner: { state: true },
    saving: { state: true },
    errors: { state: true },
  };

  declare ctx: UiContext;
  declare currency: string;
  /** `undefined` until somebody is chosen: then it is whoever adds the lead. */
  declare owner: Owner | null | undefined;
  declare saving: boolean;
  declare errors: ReadonlyMap<string, string>;

  constructor() {
    super();
    this.currency = 'EUR';
    this.saving = false;
    this.errors = new Map();
  }

  get #owner(): Owner | null {
    if (this.owner !== undefined) return this.owner;
    const { id, name } = this.ctx.user;
    return { id, name };
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.saving || this.ctx.readOnly) return;
    const form = event.currentTarget as HTMLFormElement;
    const fields = [...form.querySelectorAll<HTMLElement & { name: string; value: string }>('[name]')];
    const text = Object.fromEntries(fields.filter((field) => field.value !== '').map((f) => [f.name, f.value]));
    const { estimatedValue, ...rest } = text;
    const value = estimatedValue ? minorUnits(Number(estimatedValue), this.currency) : undefined;
    if (value !== undefined && value > MOST) {
      await this.#refuse(new Map([['/estimatedValue', `At most ${money(MOST, this.currency)}.`]]));
      return;
    }
    this.saving = true;
    try {
      await call(this.ctx, 'leads.create', {
        ...(rest as Pick<NewLead, 'company'>),
        ownerId: this.#owner?.id ?? null,
        ...(value === undefined ? {} : { estimatedValue: value }),
      });
      this.ctx.notify('Lead added', 'success');
      this.dispatchEvent(new CustomEvent('added'));
    } catch (error) {
      const errors = formErrors(error);
      if (errors.size === 0) this.ctx.notify(problemMessage(error), 'error');
      await this.#refuse(errors);
    } finally {
      this.saving = false;
    }
  }

  /** Says what is wrong at each field, and leads to the first. */
  async #refuse(errors: ReadonlyMap<string, string>): Promise<void> {
    this.errors = errors;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[invalid]')?.focus();
  }

  override render(): TemplateResult {
    const error = (field: string) => this.errors.get(`/${field}`) ?? '';
    const invalid = (field: string) => this.errors.has(`/${field}`);
    return html`<form
      class="card form"
      novalidate
      @submit=${(event: SubmitEvent) => this.#save(event)}
      @keydown=${submitByEnter}
    >
      <vaadin-text-field
        name="company"
        label="Company"
        maxlength="200"
        autofocus
        required
        manual-validation
        ?invalid=${invalid('company')}
        error-message=${error('company')}
      ></vaadin-text-field>
      <crm-owner-picker
        label="Who looks after it"
        .ctx=${this.ctx}
        .owner=${this.#owner}
        .error=${error('ownerId')}
        @owner-chosen=${({ detail }: OwnerChosen) => (this.owner = detail)}
      ></crm-owner-picker>
      <vaadin-text-field
        name="contactName"
        label="Contact person"
        maxlength="200"
        manual-validation
        ?invalid=${invalid('contactName')}
        error-message=${error('contactName')}
      ></vaadin-text-field>
      <vaadin-email-field
        name="contactEmail"
        label="E-mail"
        manual-validation
        ?invalid=${invalid('contactEmail')}
        error-message=${error('contactEmail')}
      ></vaadin-email-field>
      <vaadin-number-field
        name="estimatedValue"
        label=${`Estimated value (${this.currency})`}
        min="0"
        manual-validation
        ?invalid=${invalid('estimatedValue')}
        error-message=${error('estimatedValue')}
      ></vaadin-number-field>
      <div class="actions end full">
        ${readOnlyHint(this.ctx)}
        <vaadin-button theme="tertiary" @click=${() => this.dispatchEvent(new CustomEvent('cancelled'))}>
          Cancel
        </vaadin-button>
        <vaadin-button
          theme="primary"
          ?disabled=${this.saving || this.ctx.readOnly}
          @click=${(event: Event) => (event.currentTarget as HTMLElement).closest('form')?.requestSubmit()}
        >
          Save lead
        </vaadin-button>
      </div>
    </form>`;
  }
}

customElements.define('crm-lead-form', LeadForm);
