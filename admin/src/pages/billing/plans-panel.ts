import '@vaadin/integer-field';
import '@vaadin/text-field';
import { formatDay, pageStyles } from '@bazaar/sdk/ui';
import { css, html, nothing } from 'lit';
import { AppElement } from '../../app/app-element.ts';
import { failureState } from '../../shell/states.ts';
import { formatMoney } from '../format.ts';
import { Reading } from '../reading.ts';
import { endingText, nextStep, offerPrice, offerTerm, PLAN_TITLES, subscriptionPrice } from './describe.ts';
import { buy } from './operations.ts';
import { testPayments } from './test-payments.ts';
import type { BillingOverview, OfferView, PlansView } from './types.ts';

const MOST_SEATS = 100_000;
const WHY: Readonly<Record<OfferView['plan'], string>> = {
  'one-time': 'One payment. The licence never ends.',
  monthly: 'Renews each month. Cancel at any time.',
  annual: 'Renews each year. Cancel at any time.',
};

/** The plans of a plugin: choose one, and pay it on the provider's page. */
class Plans extends AppElement {
  static override properties = {
    ...AppElement.properties,
    plugin: { attribute: false },
    seats: { state: true },
    code: { state: true },
    codeError: { state: true },
    busy: { state: true },
  };

  static override styles = [
    pageStyles,
    css`
      .offer {
        display: grid;
        gap: var(--bz-space-3);
        align-content: start;
        grid-template-rows: auto auto 1fr auto;
      }
      .price {
        font-size: var(--bz-text-2xl);
        font-weight: 650;
        line-height: 1.2;
      }
      .choices {
        max-width: 34rem;
      }
    `,
  ];

  declare plugin: string;
  declare seats: number;
  declare code: string;
  /** Why the code was refused, until it is changed. */
  declare codeError: string | null;
  declare busy: boolean;

  readonly #reading = new Reading(this, async () => {
    const [plans, overview] = await Promise.all([
      this.app.api.json<PlansView>('GET', `/api/billing/plans/${encodeURIComponent(this.plugin)}`),
      this.app.api.json<BillingOverview>('GET', '/api/billing'),
    ]);
    this.seats = Math.max(this.seats, plans.seatsTaken, 1);
    return { plans, overview };
  });

  constructor() {
    super();
    this.seats = 1;
    this.code = '';
    this.codeError = null;
    this.busy = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const event of ['billing.changed', 'licence.changed', 'reconnected']) {
      this.whileConnected(this.app.realtime.on(event, () => void this.#reading.run()));
    }
  }

  async #buy({ plan, perSeat }: OfferView): Promise<void> {
    this.busy = true;
    const code = this.code.trim();
    this.codeError = await buy(this.app, {
      plugin: this.plugin,
      plan,
      ...(perSeat ? { seats: this.seats } : {}),
      ...(code === '' ? {} : { promotionCode: code }),
    });
    this.busy = false;
    if (this.codeError === null) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[invalid]')?.focus();
  }

  override render() {
    const { value, failure } = this.#reading;
    if (!value) {
      return failure === null
        ? html`<div class="columns" role="status" aria-label="Loading the plans">
            <span class="skeleton block"></span><span class="skeleton block"></span>
          </div>`
        : failureState(failure, () => this.#reading.run());
    }
    const { plans, overview } = value;
    return html`<div class="stack">${plans.offers.length === 0 ? nothing : testPayments(overview)} ${this.#standing(plans)}</div>`;
  }

  #standing(plans: PlansView) {
    const { name, owned, subscription, offers } = plans;
    if (owned) {
      return html`<p class="banner success">
        <bazaar-icon name="circle-check"></bazaar-icon><span>${name} is yours for ever. There is nothing more to buy.</span>
      </p>`;
    }
    if (subscription) {
      return html`<section class="card stack tight" aria-label="Subscription">
        <h2>${PLAN_TITLES[subscription.plan]} subscription</h2>
        <p class="number">${subscriptionPrice(subscription)}</p>
        <p class="muted">${nextStep(subscription)}</p>
        <p>
          <a href="/admin/billing">${subscription.pendingChange === null ? 'Change or cancel it' : 'Confirm its change'}</a>
        </p>
      </section>`;
    }
    if (offers.length === 0) {
      return html`<div class="empty">
        <bazaar-icon name="gift"></bazaar-icon>
        <h2>${name} is free</h2>
        <p>There is nothing to buy.</p>
      </div>`;
    }
    return this.#choice(plans);
  }

  #choice(plans: PlansView) {
    const { offers, keepsTrialUntil, order, ending } = plans;
    return html`
      ${
        ending
          ? html`<p class="banner">
              <bazaar-icon name="info"></bazaar-icon>
              <span>${endingText(ending)} <a href="/admin/billing">Resume it</a></span>
            </p>`
          : nothing
      }
      ${
        keepsTrialUntil !== null && offers.some(({ plan }) => plan !== 'one-time')
          ? html`<p class="muted">
              Your trial goes on until ${formatDay(keepsTrialUntil)}: a subscription chosen now is charged then.
            </p>`
          : nothing
      }
      ${order && order.state !== 'confirmed' ? html`<p class="muted">An order you began is not paid yet. Choosing a plan goes on with it, or replaces it.</p>` : nothing}
      ${
        order?.state === 'confirmed'
          ? html`<p class="banner">
              <bazaar-icon name="loader-circle"></bazaar-icon><span>A payment is on its way. It can take a few days.</span>
            </p>`
          : html`${this.#choices(plans)}
              <div class="columns">${offers.map((offer) => this.#offer(offer))}</div>`
      }
      ${this.#meters(plans)}
    `;
  }

  #choices({ offers, seatsTaken }: PlansView) {
    const perSeat = offers.some((offer) => offer.perSeat);
    return html`<div class="form choices">
      ${
        perSeat
          ? html`<vaadin-integer-field
              label="Seats"
              step-buttons-visible
              min=${Math.max(1, seatsTaken)}
              max=${MOST_SEATS}
              helper-text=${seatsTaken > 0 ? `${seatsTaken} taken` : 'How many people may use it'}
              .value=${String(this.seats)}
              @value-changed=${(event: CustomEvent<{ value: string }>) => {
                const wanted = Number(event.detail.value);
                if (Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_SEATS) this.seats = wanted;
              }}
            ></vaadin-integer-field>`
          : nothing
      }
      <vaadin-text-field
        label="Promotion code"
        clear-button-visible
        autocomplete="off"
        maxlength="100"
        helper-text="If you have one"
        manual-validation
        ?invalid=${this.codeError !== null}
        .errorMessage=${this.codeError ?? ''}
        .value=${this.code}
        @value-changed=${(event: CustomEvent<{ value: string }>) => {
          if (event.detail.value !== this.code) this.codeError = null;
          this.code = event.detail.value;
        }}
      ></vaadin-text-field>
    </div>`;
  }

  #offer(offer: OfferView) {
    const { plan, savingPercent } = offer;
    return html`<section class="card offer" aria-labelledby="offer-${plan}">
      <p class="row between">
        <strong id="offer-${plan}">${PLAN_TITLES[plan]}</strong>
        ${savingPercent === null ? nothing : html`<span class="chip success">Saves ${savingPercent} %</span>`}
      </p>
      <p><span class="price number">${offerPrice(offer, this.seats)}</span> <span class="muted">${offerTerm(offer, this.seats)}</span></p>
      <p class="small muted">${WHY[plan]}</p>
      <vaadin-button
        theme=${savingPercent === null ? '' : 'primary'}
        aria-label=${plan === 'one-time' ? 'Buy for ever' : `Subscribe, ${PLAN_TITLES[plan].toLowerCase()}`}
        ?disabled=${this.busy}
        @click=${() => this.#buy(offer)}
      >
        ${plan === 'one-time' ? 'Buy' : 'Subscribe'}
      </vaadin-button>
    </section>`;
  }

  #meters({ meters, offers }: PlansView) {
    const [{ currency = 'EUR' } = {}] = offers;
    if (meters.length === 0) return nothing;
    return html`<section class="card stack tight" aria-label="Included">
      <h2>Included each month</h2>
      <ul class="list">
        ${meters.map(
          ({ title, unit, included, unitAmount }) => html`<li class="row between">
            <span>${title}</span>
            <span class="muted">
              ${included.toLocaleString('en')} included${unitAmount === undefined ? '' : `, then ${formatMoney(Number(unitAmount), currency)} per ${unit} with a subscription`}
            </span>
          </li>`,
        )}
      </ul>
    </section>`;
  }
}

customElements.define('bz-plans', Plans);
