import '@vaadin/dialog';
import '@vaadin/integer-field';
import '@vaadin/select';
import { formatDay, pageStyles, problemMessage } from '@bazaar/sdk/ui';
import { dialogFooterRenderer, dialogRenderer } from '@vaadin/dialog/lit.js';
import { html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { formatMoney } from '../format.ts';
import { changeText, PLAN_TITLES } from './describe.ts';
import type { ChangedView, ChangePreview, PlansView, SubscriptionView } from './types.ts';

/**
 * Changes seats or interval of a subscription, showing first what it costs. Says `changed` when it was asked for, and leads
 * to the payer's bank when that wants to hear of it first.
 */
class ChangeDialog extends AppElement {
  static override properties = {
    ...AppElement.properties,
    subscription: { attribute: false },
    name: { attribute: false },
    seats: { state: true },
    plan: { state: true },
    plans: { state: true },
    preview: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  static override styles = pageStyles;

  declare subscription: SubscriptionView | null;
  declare name: string;
  declare seats: number;
  declare plan: SubscriptionView['plan'];
  declare plans: PlansView | null;
  declare preview: ChangePreview | null;
  declare problem: string | null;
  declare busy: boolean;

  #asked = 0;

  constructor() {
    super();
    this.subscription = null;
    this.name = '';
    this.seats = 1;
    this.plan = 'monthly';
    this.plans = null;
    this.preview = null;
    this.problem = null;
    this.busy = false;
  }

  /** Opens for a subscription. */
  async open(subscription: SubscriptionView, name: string): Promise<void> {
    this.subscription = subscription;
    this.name = name;
    this.seats = subscription.seats ?? 1;
    this.plan = subscription.plan;
    this.preview = null;
    this.problem = null;
    this.plans = null;
    try {
      this.plans = await this.app.api.json<PlansView>('GET', `/api/billing/plans/${subscription.plugin}`);
    } catch (error) {
      this.problem = problemMessage(error);
    }
  }

  #close = (): void => {
    this.subscription = null;
  };

  get #change(): { interval?: string; seats?: number } {
    const { subscription, plan, seats } = this;
    return {
      ...(plan === subscription?.plan ? {} : { interval: plan }),
      ...(subscription?.seats === null || seats === subscription?.seats ? {} : { seats }),
    };
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.preview = null;
    this.problem = null;
    if (!this.subscription || Object.keys(this.#change).length === 0) return;
    try {
      const path = `/api/billing/subscriptions/${this.subscription.id}/preview`;
      const preview = await this.app.api.json<ChangePreview>('POST', path, { body: this.#change });
      // An answer that was overtaken by another choice says nothing.
      if (asked === this.#asked) this.preview = preview;
    } catch (error) {
      if (asked === this.#asked) this.problem = problemMessage(error);
    }
  }

  async #make(): Promise<void> {
    const { subscription, preview } = this;
    if (!subscription || !preview) return;
    this.busy = true;
    try {
      const body = { ...this.#change, prorationAt: preview.prorationAt };
      const path = `/api/billing/subscriptions/${subscription.id}/change`;
      const { status, confirmation } = await this.app.api.json<ChangedView>('POST', path, { body });
      if (status === 'changed') this.app.notify(`${this.name} was changed.`, 'success');
      this.#close();
      this.dispatchEvent(new CustomEvent('changed'));
      if (confirmation?.url) window.location.assign(confirmation.url);
    } catch (error) {
      this.problem = problemMessage(error);
    }
    this.busy = false;
  }

  override render() {
    const { subscription, name, seats, plan, plans, preview, problem, busy } = this;
    return html`<vaadin-dialog
      no-close-on-outside-click
      header-title=${subscription ? `Change ${name}` : ''}
      width="30rem"
      .opened=${subscription !== null}
      @closed=${this.#close}
      ${dialogRenderer(() => this.#form(), [subscription, seats, plan, plans, preview, problem])}
      ${dialogFooterRenderer(
        () => html`
          <vaadin-button @click=${this.#close}>Keep as it is</vaadin-button>
          <vaadin-button theme="primary" ?disabled=${busy || preview === null} @click=${() => this.#make()}>
            Change now
          </vaadin-button>
        `,
        [busy, preview],
      )}
    ></vaadin-dialog>`;
  }

  #form() {
    const { subscription, plans, preview, problem } = this;
    if (!subscription) return nothing;
    const intervals = (plans?.offers ?? []).filter(({ plan }) => plan !== 'one-time');
    return html`<div class="stack">
      ${
        intervals.length > 1
          ? html`<vaadin-select
              label="Paid"
              .items=${intervals.map(({ plan, savingPercent }) => ({
                value: plan,
                label: savingPercent === null ? PLAN_TITLES[plan] : `${PLAN_TITLES[plan]}, saves ${savingPercent} %`,
              }))}
              .value=${this.plan}
              @change=${(event: Event) => {
                this.plan = (event.currentTarget as HTMLInputElement).value as SubscriptionView['plan'];
                void this.#ask();
              }}
            ></vaadin-select>`
          : nothing
      }
      ${
        subscription.seats === null
          ? nothing
          : html`<vaadin-integer-field
              label="Seats"
              min=${Math.max(1, plans?.seatsTaken ?? 1)}
              max="100000"
              step-buttons-visible
              helper-text=${plans && plans.seatsTaken > 0 ? `${plans.seatsTaken} taken` : ''}
              .value=${String(this.seats)}
              @value-changed=${(event: CustomEvent<{ value: string }>) => {
                const wanted = Number(event.detail.value);
                if (!Number.isInteger(wanted) || wanted < 1 || wanted === this.seats) return;
                this.seats = wanted;
                void this.#ask();
              }}
            ></vaadin-integer-field>`
      }
      <div aria-live="polite" class="stack tight">
        ${preview ? this.#cost(preview) : nothing}
        ${problem === null ? nothing : html`<p class="banner danger" role="alert">${problem}</p>`}
        ${!preview && problem === null ? html`<p class="muted">Choose what is to change to see what it costs.</p>` : nothing}
      </div>
    </div>`;
  }

  #cost(preview: ChangePreview) {
    const { lines, currency, nextPaymentAt } = preview;
    return html`
      <p><strong>${changeText(preview)}</strong></p>
      <ul class="list small">
        ${lines.map(
          ({ description, amount }) =>
            html`<li class="row between"><span>${description}</span><span class="number">${formatMoney(amount, currency)}</span></li>`,
        )}
      </ul>
      ${nextPaymentAt === null ? nothing : html`<p class="small muted">The next regular payment is on ${formatDay(nextPaymentAt)}.</p>`}
    `;
  }
}

export type { ChangeDialog };

customElements.define('bz-subscription-change', ChangeDialog);
