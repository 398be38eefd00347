import { formErrors, pageStyles, problemMessage, Reading, readingState, type UiContext } from '@bazaar/sdk/ui';
import { html, LitElement } from 'lit';
import type { Output } from '../../src/context.ts';
import { decimals } from '../../src/jobs/money.ts';
import { SALARY_UNITS } from '../../src/labels.ts';
import { call } from './call.ts';
import { CURRENCIES } from './countries.ts';

type Rate = Output<'jobs.rates'>['items'][number];

const UNITS = Object.entries(SALARY_UNITS).map(([value, label]) => ({ value, label }));
const NEW_RATE: Rate = { code: '', rate: 0, currency: 'USD', unit: 'HOUR' };

/** What the client pays for a job; stored apart from the job and saved on its own. */
export class BillRates extends LitElement {
  static override properties = {
    ctx: { attribute: false },
    jobId: { attribute: false },
    rates: { state: true },
    errors: { state: true },
    saving: { state: true },
  };

  static override styles = pageStyles;

  declare ctx: UiContext;
  declare jobId: string;
  declare rates: readonly Rate[];
  declare errors: ReadonlyMap<string, string>;
  declare saving: boolean;

  readonly #stored = new Reading<Output<'jobs.rates'>>(this, async () => {
    const rates = await call(this.ctx, 'jobs.rates', { id: this.jobId });
    this.rates = rates.items;
    return rates;
  });

  constructor() {
    super();
    this.rates = [];
    this.errors = new Map();
    this.saving = false;
  }

  override firstUpdated(): void {
    void this.#stored.run();
  }

  #change(index: number, change: Partial<Rate>): void {
    this.rates = this.rates.map((rate, at) => (at === index ? { ...rate, ...change } : rate));
  }

  async #save(): Promise<void> {
    this.saving = true;
    this.errors = new Map();
    try {
      const { items } = await call(this.ctx, 'jobs.set-rates', { id: this.jobId, items: [...this.rates] });
      this.rates = items;
      this.ctx.notify('Bill rates saved.', 'success');
    } catch (error) {
      this.errors = formErrors(error);
      this.ctx.notify(problemMessage(error), 'error');
    }
    this.saving = false;
  }

  override render() {
    return readingState(this.#stored, { what: 'bill rates', show: () => this.#editor() });
  }

  #editor() {
    return html`<section class="card stack" aria-label="Bill rates">
      <h2>Bill rates</h2>
      <p class="muted">What the client pays. Never shown to the public; saved on its own.</p>
      ${this.rates.map((rate, index) => this.#row(rate, index))}
      <div class="actions">
        <vaadin-button theme="small" ?disabled=${this.rates.length >= 20} @click=${() => {
          this.rates = [...this.rates, NEW_RATE];
        }}>Add a rate</vaadin-button>
        <vaadin-button theme="small primary" ?disabled=${this.saving || this.ctx.readOnly} @click=${() => this.#save()}>Save rates</vaadin-button>
      </div>
    </section>`;
  }

  #row(rate: Rate, index: number) {
    const scale = 10 ** decimals(rate.currency);
    const error = (name: string) => this.errors.get(`/items/${index}/${name}`) ?? '';
    return html`<div class="form">
      <vaadin-text-field
        label="Code ${index + 1}"
        manual-validation
        ?invalid=${error('code') !== ''}
        .errorMessage=${error('code')}
        .value=${rate.code}
        @input=${(event: Event) => this.#change(index, { code: (event.currentTarget as HTMLInputElement).value })}
      ></vaadin-text-field>
      <vaadin-number-field
        label="Rate ${index + 1}"
        min="0"
        manual-validation
        ?invalid=${error('rate') !== ''}
        .errorMessage=${error('rate')}
        .value=${String(rate.rate / scale)}
        @change=${(event: Event) =>
          this.#change(index, { rate: Math.round(Number((event.currentTarget as HTMLInputElement).value) * scale) })}
      ></vaadin-number-field>
      <vaadin-combo-box
        label="Currency ${index + 1}"
        .items=${CURRENCIES}
        .value=${rate.currency}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          if (event.detail.value !== '' && event.detail.value !== rate.currency) {
            this.#change(index, { currency: event.detail.value });
          }
        }}
      ></vaadin-combo-box>
      <vaadin-select
        label="Unit ${index + 1}"
        .items=${UNITS}
        .value=${rate.unit}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          if (event.detail.value !== rate.unit) this.#change(index, { unit: event.detail.value as Rate['unit'] });
        }}
      ></vaadin-select>
      <div class="actions">
        <vaadin-button theme="tertiary" aria-label="Remove rate ${index + 1}" @click=${() => {
          this.rates = this.rates.filter((_, at) => at !== index);
        }}>Remove</vaadin-button>
      </div>
    </div>`;
  }
}

customElements.define('job-board-rates', BillRates);
