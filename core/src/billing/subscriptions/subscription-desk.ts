import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Customers } from '../customers.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { ChangePreview, SubscriptionChange } from '../gateway/index.ts';
import { seatsTakenOf } from '../ordering/orders.ts';
import { alreadyOwned, seatsTaken, unknownSubscription } from '../ordering/refusals.ts';
import { LIVE_STATUSES } from '../ordering/standing.ts';
import { offersOf } from '../plans/offers.ts';
import type { PriceBook } from '../plans/price-book.ts';
import type { Projector } from '../projection/projector.ts';
import type { Interval } from '../types.ts';

export interface WantedChange {
  interval?: Interval;
  seats?: number;
  /** At which moment it is reckoned: that of the preview. */
  prorationAt?: string;
}

interface Options {
  customers: Customers;
  projector: Projector;
  prices: PriceBook;
}

function invalid(pointer: string, message: string, reason: string): ApiError {
  return new ApiError('invalid-input', message, { reason, errors: [{ pointer, message }] });
}

/** What can be done with a running subscription. Each answer comes after the provider and our rows agree. */
export class SubscriptionDesk {
  readonly #deps: BillingDependencies;
  readonly #options: Options;

  constructor(deps: BillingDependencies, options: Options) {
    this.#deps = deps;
    this.#options = options;
  }

  /** What a change would cost at once. */
  async preview(tenantId: string, id: string, wanted: WantedChange): Promise<ChangePreview> {
    const subscription = await this.#live(tenantId, id);
    return this.#deps.gateway.previewChange(await this.#changeOf(subscription, wanted));
  }

  /** Changes seats or interval; what is due for it is charged at once, and without payment nothing changes. */
  async change(tenantId: string, id: string, wanted: WantedChange, trace: AuditTrace): Promise<void> {
    const subscription = await this.#live(tenantId, id);
    const change = await this.#changeOf(subscription, wanted);
    const { price, quantity, prorationAt } = change;
    // The same change within one moment of reckoning is made once.
    const moment = prorationAt?.getTime() ?? Math.floor(this.#deps.now().getTime() / 10_000);
    const key = ['change', id, subscription.price, subscription.quantity, price, quantity, moment].join(':');
    await this.#deps.gateway.changeSubscription(change, key);
    await this.#record(subscription, 'subscription.changed', trace, {
      seats: quantity,
      interval: wanted.interval ?? subscription.plan,
    });
    await this.#refresh(subscription);
  }

  /** At the end of what is paid for, or not at all any more. */
  async setCancelled(tenantId: string, id: string, cancel: boolean, trace: AuditTrace): Promise<void> {
    const subscription = await this.#live(tenantId, id);
    if ((subscription.cancelAt !== null) === cancel) return;
    if (!cancel) await this.#refuseWhenOwned(subscription);
    await this.#deps.gateway.setCancelAtPeriodEnd(id, cancel);
    await this.#record(subscription, cancel ? 'subscription.cancelled' : 'subscription.resumed', trace, {});
    await this.#refresh(subscription);
  }

  async #live(tenantId: string, id: string): Promise<Subscription> {
    const { db, gateway } = this.#deps;
    const subscription = await db.asPlatform(({ Subscription: subscriptions }) =>
      subscriptions.findOne({ where: { tenantId, id, provider: gateway.provider } }),
    );
    if (!subscription) throw unknownSubscription();
    if (!LIVE_STATUSES.includes(subscription.status)) {
      throw new ApiError('conflict', 'This subscription has ended.', { reason: 'subscription-ended' });
    }
    return subscription;
  }

  async #refuseWhenOwned({ tenantId, pluginId }: Subscription): Promise<void> {
    const licence = await this.#deps.db.asPlatform(({ Licence }) => Licence.findOne({ where: { tenantId, pluginId } }));
    if (licence?.kind === 'purchased' && licence.expiresAt === null && licence.revokedAt === null) {
      throw alreadyOwned(pluginId);
    }
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
    const { prices } = this.#options;
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
      price: await prices.of(manifest, offer),
      removeItems: now?.meteredItems ?? [],
      addPrices: (await prices.metersOf(manifest, interval)).map(({ price }) => price),
    };
  }

  async #record(
    { tenantId, pluginId, id }: Subscription,
    action: string,
    trace: AuditTrace,
    detail: Record<string, string | number>,
  ) {
    await this.#deps.db.asPlatform((models) =>
      recordAudit(models, trace, { tenantId, action, pluginId, entityId: id, detail }),
    );
  }

  async #refresh({ tenantId, id }: Subscription): Promise<void> {
    const payer = await this.#options.customers.find(tenantId);
    if (!payer) return;
    const now = await this.#deps.gateway.subscription(id);
    const invoice = now?.latestInvoice ?? null;
    await this.#options.projector.refresh(payer, [{ subscription: id, ...(invoice === null ? {} : { invoice }) }]);
  }
}
