import {
  BazaarElement,
  controlStyles,
  emptyState,
  formErrors,
  Listing,
  listingState,
  pageStyles,
  problemMessage,
  Reading,
  typedCall,
} from '@bazaar/sdk/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Contract } from '../src/contract.generated.ts';
import { minorUnits, money } from './parts/money.ts';
import { STAGES, stageTitle } from './parts/stages.ts';

type Lead = Contract['actions']['leads.list']['output']['items'][number];
type Pipeline = Contract['actions']['leads.pipeline']['output'];

const call = typedCall<Contract>();

/** Leads as a list with the figures of the pipeline above it; a lead is added and moved in place. */
class CrmLeads extends BazaarElement {
  static override styles = [pageStyles, controlStyles];

  static override properties = {
    ...BazaarElement.properties,
    adding: { state: true },
    saving: { state: true },
    errors: { state: true },
  };

  declare adding: boolean;
  declare saving: boolean;
  declare errors: ReadonlyMap<string, string>;

  readonly #leads = new Listing<Lead>(this, (page) => call(this.ctx, 'leads.list', page));
  readonly #pipeline = new Reading<Pipeline>(this, () => call(this.ctx, 'leads.pipeline', {}));

  constructor() {
    super();
    this.adding = false;
    this.saving = false;
    this.errors = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['crm.lead.moved', 'reconnected']) this.listen(event, () => void this.#refresh());
    void this.#refresh();
  }

  get #currency(): string {
    return this.#pipeline.value?.currency ?? 'EUR';
  }

  get #mayWrite(): boolean {
    return this.ctx.user.permissions.includes('crm:leads.write');
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#leads.refresh(), this.#pipeline.run()]);
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = [...form.querySelectorAll<HTMLElement & { name: string; value: string }>('[name]')];
    const text = Object.fromEntries(fields.filter((f) => f.value !== '').map((f) => [f.name, f.value]));
    const { estimatedValue, ...rest } = text;
    this.saving = true;
    try {
      await this.ctx.call('leads.create', {
        ...rest,
        ...(estimatedValue ? { estimatedValue: minorUnits(Number(estimatedValue), this.#currency) } : {}),
      });
      this.adding = false;
      this.errors = new Map();
      this.ctx.notify('Lead added', 'success');
      await this.#refresh();
    } catch (error) {
      this.errors = formErrors(error);
      if (this.errors.size === 0) this.ctx.notify(problemMessage(error), 'error');
    } finally {
      this.saving = false;
    }
  }

  async #move(lead: Lead, stage: string): Promise<void> {
    if (stage === lead.stage || stage === '') return;
    try {
      await this.ctx.call('leads.move', { id: lead.id, stage });
      this.ctx.notify(`${lead.company} is now ${stageTitle(stage).toLowerCase()}`, 'success');
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
    await this.#refresh();
  }

  override render(): TemplateResult {
    return html`
      <div class="page">
        <header class="page-header">
          <div>
            <h1>Leads</h1>
            <p class="subtitle">Who may become a client, and which step comes next</p>
          </div>
          ${
            this.#mayWrite
              ? html`<div class="actions">
                <vaadin-button theme="primary" @click=${() => (this.adding = !this.adding)}>
                  ${this.adding ? 'Cancel' : 'Add lead'}
                </vaadin-button>
              </div>`
              : nothing
          }
        </header>
        ${this.adding ? this.#form() : nothing} ${this.#content()}
      </div>
    `;
  }

  #content(): TemplateResult {
    return listingState(this.#leads, {
      noun: ['lead', 'leads'],
      none: () => emptyState('handshake', 'No leads yet', 'Add the first company that your team talks to.'),
      show: (leads) => html`${this.#figures()}
        <div class="card flush">
          <ul class="list" aria-label="Leads">
            ${leads.map((lead) => this.#row(lead))}
          </ul>
        </div>`,
    });
  }

  #figures(): TemplateResult | typeof nothing {
    const { value } = this.#pipeline;
    if (!value || value.stages.length === 0) return nothing;
    const { currency } = value;
    const byStage = new Map(value.stages.map((figures) => [figures.stage, figures]));
    return html`<div class="columns">
      ${STAGES.filter((stage) => byStage.has(stage)).map((stage) => {
        const figures = byStage.get(stage);
        return html`<div class="card">
          <span class="muted small">${stageTitle(stage)}</span>
          <strong class="number">${figures?.leads}</strong>
          <span class="small">${money(figures?.estimatedValue ?? 0, currency)}</span>
        </div>`;
      })}
    </div>`;
  }

  #row(lead: Lead): TemplateResult {
    return html`<li class="row between">
      <div class="stack tight">
        <strong>${lead.company}</strong>
        <span class="muted small">
          ${[
            lead.contactName,
            lead.estimatedValue === null ? null : money(lead.estimatedValue, this.#currency),
            `${lead.probability} %`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      ${
        this.#mayWrite
          ? html`<vaadin-select
            aria-label=${`Stage of ${lead.company}`}
            .items=${STAGES.map((stage) => ({ label: stageTitle(stage), value: stage }))}
            .value=${lead.stage}
            @change=${(event: Event) => this.#move(lead, (event.target as HTMLInputElement).value)}
          ></vaadin-select>`
          : html`<span class="chip">${stageTitle(lead.stage)}</span>`
      }
    </li>`;
  }

  #form(): TemplateResult {
    const error = (field: string) => this.errors.get(`/${field}`) ?? '';
    const invalid = (field: string) => this.errors.has(`/${field}`);
    return html`<form class="card form" novalidate @submit=${(event: SubmitEvent) => this.#add(event)}>
      <vaadin-text-field
        name="company"
        label="Company"
        required
        ?invalid=${invalid('company')}
        error-message=${error('company')}
      ></vaadin-text-field>
      <vaadin-text-field name="contactName" label="Contact person"></vaadin-text-field>
      <vaadin-email-field
        name="contactEmail"
        label="E-mail"
        ?invalid=${invalid('contactEmail')}
        error-message=${error('contactEmail')}
      ></vaadin-email-field>
      <vaadin-number-field
        name="estimatedValue"
        label=${`Estimated value (${this.#currency})`}
        min="0"
        ?invalid=${invalid('estimatedValue')}
        error-message=${error('estimatedValue')}
      ></vaadin-number-field>
      <div class="actions end full">
        <vaadin-button
          theme="primary"
          ?disabled=${this.saving}
          @click=${(event: Event) => (event.currentTarget as HTMLElement).closest('form')?.requestSubmit()}
        >
          Save lead
        </vaadin-button>
      </div>
    </form>`;
  }
}

customElements.define('crm-leads', CrmLeads);
