import type { AuditTrace } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { ChangeConfirmation, ChangePreview, SubscriptionChange } from '../gateway/index.ts';
import { seatsTakenOf } from '../ordering/orders.ts';
import { seatsTaken } from '../ordering/refusals.ts';
import { offersOf } from '../plans/offers.ts';
import type { PriceBook } from '../plans/price-book.ts';
import type { Interval } from '../types.ts';
import type { Running } from './running.ts';

export interface WantedChange {
  interval?: Interval;
  seats?: number;
  /** The moment for which it is calculated: that of the preview. */
  prorationAt?: string;
}

/** What came of a change: made, waiting until the payer's bank has it confirmed, or not made after all. */
export interface ChangeOutcome {
  status: 'changed' | 'confirmation-required' | 'not-changed';
  confirmation: (ChangeConfirmation & { publishableKey: string; returnUrl: string }) | null;
}

function invalid(pointer: string, message: string, reason: string): ApiError {
  return new ApiError('invalid-input', message, { reason, errors: [{ pointer, message }] });
}

/** Other seats, another interval. Each answer comes after the provider and our rows agree. */
export class PlanChanges {
  readonly #deps: BillingDependencies;
  readonly #running: Running;
  readonly #prices: PriceBook;

  constructor(deps: BillingDependencies, running: Running, prices: PriceBook) {
    this.#deps = deps;
    this.#running = running;
    this.#prices = prices;
  }

  /** What a change would cost at once. */
  async preview(tenantId: string, id: string, wanted: WantedChange): Promise<ChangePreview> {
    const subscription = await this.#running.find(tenantId, id);
    return this.#deps.gateway.previewChange(await this.#changeOf(subscription, wanted));
  }

  /** What is due for it is charged at once, and without payment nothing changes. */
  async make(tenantId: string, id: string, wanted: WantedChange, trace: AuditTrace): Promise<ChangeOutcome> {
    const subscription = await this.#running.find(tenantId, id);
    const change = await this.#changeOf(subscription, wanted);
    const { price, quantity, prorationAt } = change;
    const interval = wanted.interval ?? subscription.plan;
    // Asked for again, it is still the one that waits.
    if (subscription.pendingPlan === interval && subscription.pendingQuantity === quantity) {
      return this.confirm(tenantId, id);
    }
    // The same change within one moment of reckoning is made once; one that came to nothing can be asked for again.
    const moment = prorationAt?.getTime() ?? Math.floor(this.#deps.now().getTime() / 10_000);
    const { price: before, quantity: seatsBefore, latestInvoice } = subscription;
    const key = ['change', id, before, seatsBefore, latestInvoice, price, quantity, moment].join(':');
    const outcome = await this.#deps.gateway.changeSubscription(change, key);
    const isMade = outcome === 'made';
    const action = isMade ? 'subscription.changed' : 'subscription.change-asked';
    await this.#running.record(subscription, action, trace, { seats: quantity, interval });
    const now = await this.#running.refresh(subscription);
    return isMade ? { status: 'changed', confirmation: null } : this.#outcomeOf(now, true);
  }

  /** How a change stands that was waiting, asked of the provider whatever events have come. */
  async refresh(tenantId: string, id: string): Promise<ChangeOutcome> {
    return this.#outcomeOf(await this.#running.refresh(await this.#running.find(tenantId, id)), false);
  }

  /** The same, and where it can be confirmed while it waits. */
  async confirm(tenantId: string, id: string): Promise<ChangeOutcome> {
    return this.#outcomeOf(await this.#running.refresh(await this.#running.find(tenantId, id)), true);
  }

  /** Everything stays as it is. Nothing happens when nothing waits any more. */
  async withdraw(tenantId: string, id: string, trace: AuditTrace): Promise<ChangeOutcome> {
    const subscription = await this.#running.find(tenantId, id);
    await this.#deps.gateway.withdrawChange(id);
    if (subscription.pendingUntil !== null) {
      await this.#running.record(subscription, 'subscription.change-withdrawn', trace, {});
    }
    return this.#outcomeOf(await this.#running.refresh(subscription), false);
  }

  async #outcomeOf(subscription: Subscription, isToBeConfirmed: boolean): Promise<ChangeOutcome> {
    const { db, gateway, mailer } = this.#deps;
    const { tenantId, id, latestInvoice, pendingUntil } = subscription;
    if (pendingUntil === null) {
      const invoice =
        latestInvoice === null
          ? null
          : await db.asPlatform(({ Invoice }) => Invoice.findOne({ where: { tenantId, id: latestInvoice } }));
      // Without its invoice a change came to nothing.
      return { status: invoice?.status === 'void' ? 'not-changed' : 'changed', confirmation: null };
    }
    const returnUrl = `${mailer.publicOrigin()}/admin/billing/changed?subscription=${id}`;
    const confirmation = isToBeConfirmed ? await gateway.confirmChange(id, returnUrl) : null;
    return {
      status: 'confirmation-required',
      confirmation: confirmation && { ...confirmation, publishableKey: await gateway.publishableKey(), returnUrl },
    };
  }

  async #changeOf(subscription: Subscription, wanted: WantedChange): Promise<SubscriptionChange> {
    const { tenantId, id, pluginId, item } = subscription;
    const { interval = subscription.plan } = wanted;
    if (wanted.seats !== undefined && !subscription.perSeat) {
      throw invalid('/seats', 'This subscription is not paid by the seat.', 'no-seats');
    }
    const quantity = wanted.seats ?? subscription.quantity;
    if (interval === subscription.plan && quantity === subscription.quantity) {
      throw invalid('', 'This is how the subscription is already.', 'no-change');
    }
    const taken = subscription.perSeat ? await seatsTakenOf(this.#deps.db, tenantId, pluginId) : 0;
    if (quantity < taken) throw seatsTaken(quantity, taken);
    const moved = interval === subscription.plan ? null : await this.#otherInterval(subscription, interval);
    return {
      subscription: id,
      item,
      price: moved?.price ?? subscription.price,
      quantity,
      removeItems: moved?.removeItems ?? [],
      addPrices: moved?.addPrices ?? [],
      prorationAt: wanted.prorationAt === undefined ? null : new Date(wanted.prorationAt),
    };
  }

  /** A running subscription keeps its price as long as it keeps its interval; another interval has today's. */
  async #otherInterval({ tenantId, id, pluginId, perSeat, currency }: Subscription, interval: Interval) {
    const { plugins, gateway } = this.#deps;
    const manifest = plugins.manifest(pluginId, tenantId);
    const offer = manifest && offersOf(manifest).find(({ plan }) => plan === interval);
    if (!manifest || !offer) throw invalid('/interval', 'This interval is not offered.', 'plan-not-offered');
    if (offer.perSeat !== perSeat || offer.currency.toLowerCase() !== currency) {
      throw new ApiError('conflict', 'The plans have changed. Cancel this subscription and choose a plan anew.', {
        reason: 'plans-changed',
      });
    }
    const now = await gateway.subscription(id);
    return {
      price: await this.#prices.of(manifest, offer),
      removeItems: now?.meteredItems ?? [],
      addPrices: (await this.#prices.metersOf(manifest, interval)).map(({ price }) => price),
    };
  }
}
