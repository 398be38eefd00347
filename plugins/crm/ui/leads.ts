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
import { repeat } from 'lit/directives/repeat.js';
import type { Contract } from '../src/contract.generated.ts';
import './parts/lead-form.ts';
import { type Lead, type LeadChange, leadRow, leadStyles, type Pipeline, pipelineFigures } from './parts/lead-list.ts';
import type { Owner } from './parts/owner-picker.ts';
import { stageTitle } from './parts/stages.ts';

const call = typedCall<Contract>();

/** Leads as a list with the figures of the pipeline above it; a lead is added and moved in place. */
class CrmLeads extends BazaarElement {
  static override styles = [pageStyles, controlStyles, leadStyles];

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
    void this.#close();
    void this.#refresh();
  }

  /** Whoever goes on by keys goes on from where they opened the form. */
  async #close(): Promise<void> {
    this.adding = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#add')?.focus();
  }

  #change(lead: Lead): LeadChange {
    return {
      ctx: this.ctx,
      give: (owner) => void this.#give(lead, owner),
      move: (stage) => void this.#move(lead, stage),
    };
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
                <vaadin-button
                  id="add"
                  theme="primary"
                  aria-expanded=${this.adding}
                  ?disabled=${this.adding}
                  @click=${() => {
                    this.adding = true;
                  }}
                >
                  <bazaar-icon name="plus" slot="prefix"></bazaar-icon>Add lead
                </vaadin-button>
              </div>`
              : nothing
          }
        </header>
        ${
          this.adding
            ? html`<crm-lead-form
                .ctx=${this.ctx}
                .currency=${this.#currency}
                @added=${() => this.#added()}
                @cancelled=${() => this.#close()}
              ></crm-lead-form>`
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
      show: (leads) => html`${this.#pipeline.value ? pipelineFigures(this.#pipeline.value) : nothing}
        <div class="card flush">
          <ul class="list" aria-label="Leads">
            ${repeat(
              leads,
              ({ id }) => id,
              (lead) => leadRow(lead, this.#currency, this.#mayWrite ? this.#change(lead) : null),
            )}
          </ul>
        </div>`,
    });
  }
}

customElements.define('crm-leads', CrmLeads);
