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
import './parts/owner-picker.ts';
import type { Owner, OwnerChosen } from './parts/owner-picker.ts';
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
    owner: { state: true },
    mine: { state: true },
  };

  declare adding: boolean;
  declare saving: boolean;
  declare errors: ReadonlyMap<string, string>;
  /** Of the lead that is being added. */
  declare owner: Owner | null;
  declare mine: boolean;

  readonly #leads = new Listing<Lead>(this, (page) => call(this.ctx, 'leads.list', { ...this.#filter, ...page }));
  readonly #pipeline = new Reading<Pipeline>(this, () => call(this.ctx, 'leads.pipeline', {}));

  constructor() {
    super();
    this.adding = false;
    this.saving = false;
    this.errors = new Map();
    this.owner = null;
    this.mine = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['crm.lead.moved', 'reconnected']) this.listen(event, () => void this.#refresh());
    void this.#refresh();
  }

  get #currency(): string {
    return this.#pipeline.value?.currency ?? 'EUR';
  }

  get #filter(): { ownerId?: string } {
    return this.mine ? { ownerId: this.ctx.user.id } : {};
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
        ownerId: this.owner?.id ?? null,
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

  #begin(): void {
    const { id, name } = this.ctx.user;
    this.owner = { id, name };
    this.adding = !this.adding;
  }

  async #give(lead: Lead, owner: Owner | null): Promise<void> {
    try {
      await this.ctx.call('leads.update', { id: lead.id, ownerId: owner?.id ?? null });
      this.ctx.notify(
        owner ? `${owner.name} looks after ${lead.company}` : `Nobody looks after ${lead.company}`,
        'success',
      );
    } catch (error) {
      this.ctx.notify(problemMessage(error), 'error');
    }
    await this.#refresh();
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
                <vaadin-button theme="primary" @click=${() => this.#begin()}>
                  ${this.adding ? 'Cancel' : 'Add lead'}
                </vaadin-button>
              </div>`
              : nothing
          }
        </header>
        ${this.adding ? this.#form() : nothing}
        ${this.#choice()} ${this.#content()}
      </div>
    `;
  }

  #choice(): TemplateResult | typeof nothing {
    if (!this.mine && (this.#leads.items?.length ?? 0) === 0) return nothing;
    return html`<vaadin-checkbox
      label="Only those that I look after"
      .checked=${this.mine}
      @change=${(event: Event) => {
        this.mine = (event.target as HTMLInputElement).checked;
        void this.#leads.restart();
      }}
    ></vaadin-checkbox>`;
  }

  #content(): TemplateResult {
    return listingState(this.#leads, {
      noun: ['lead', 'leads'],
      none: () =>
        this.mine
          ? emptyState('handshake', 'No leads of yours', 'You look after none at the moment.')
          : emptyState('handshake', 'No leads yet', 'Add the first company that your team talks to.'),
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
          ? html`<div class="row">
            <crm-owner-picker
              accessible-name=${`Who looks after ${lead.company}`}
              .ctx=${this.ctx}
              .owner=${lead.owner}
              @owner-chosen=${({ detail }: OwnerChosen) => this.#give(lead, detail)}
            ></crm-owner-picker>
            <vaadin-select
              aria-label=${`Stage of ${lead.company}`}
              .items=${STAGES.map((stage) => ({ label: stageTitle(stage), value: stage }))}
              .value=${lead.stage}
              @change=${(event: Event) => this.#move(lead, (event.target as HTMLInputElement).value)}
            ></vaadin-select>
          </div>`
          : html`<div class="row">
            <span class="muted small">${lead.owner?.name ?? 'Nobody'}</span>
            <span class="chip">${stageTitle(lead.stage)}</span>
          </div>`
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
      <crm-owner-picker
        label="Who looks after it"
        .ctx=${this.ctx}
        .owner=${this.owner}
        .error=${error('ownerId')}
        @owner-chosen=${({ detail }: OwnerChosen) => (this.owner = detail)}
      ></crm-owner-picker>
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
