import {
  BazaarElement,
  controlStyles,
  emptyState,
  Listing,
  listingState,
  mayWrite,
  pageStyles,
  problemMessage,
  Reading,
  typedCall,
} from '@bazaar/sdk/ui';
import { html, nothing, type TemplateResult } from 'lit';
import type { Contract } from '../src/contract.generated.ts';
import './parts/lead-form.ts';
import { money } from './parts/money.ts';
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
    mine: { state: true },
  };

  declare adding: boolean;
  declare mine: boolean;

  readonly #leads = new Listing<Lead>(this, (page) => call(this.ctx, 'leads.list', { ...this.#filter, ...page }));
  readonly #pipeline = new Reading<Pipeline>(this, () => call(this.ctx, 'leads.pipeline', {}));

  constructor() {
    super();
    this.adding = false;
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
    return mayWrite(this.ctx, 'leads.write');
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.#leads.refresh(), this.#pipeline.run()]);
  }

  #added(): void {
    this.adding = false;
    void this.#refresh();
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
                <vaadin-button theme="primary" @click=${() => (this.adding = !this.adding)}>
                  ${this.adding ? 'Cancel' : 'Add lead'}
                </vaadin-button>
              </div>`
              : nothing
          }
        </header>
        ${
          this.adding
            ? html`<crm-lead-form .ctx=${this.ctx} .currency=${this.#currency} @added=${() => this.#added()}></crm-lead-form>`
            : nothing
        }
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
          : emptyState(
              'handshake',
              'No leads yet',
              this.#mayWrite ? 'Add the first company that your team talks to.' : 'Nobody has added one.',
            ),
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
}

customElements.define('crm-leads', CrmLeads);
