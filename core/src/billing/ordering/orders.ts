import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import { isDuplicate, type Purchase } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Customers } from '../customers.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { DirectOrder, PaymentGateway } from '../gateway/index.ts';
import type { PriceBook } from '../plans/price-book.ts';
import type { Projector } from '../projection/projector.ts';
import { OPEN_STATES } from '../projection/purchase-state.ts';
import { refuseWhenLeaving } from './leaving.ts';
import { isSameOrder, keptTrial, type Order, type OrderRequest, orderOf } from './order.ts';
import { alreadyOwned, alreadySubscribed, busyOrder, seatsTaken, unknownCode, unknownPlugin } from './refusals.ts';
import { standingOf } from './standing.ts';

/** What the client needs to pay. */
export interface BegunOrder {
  id: string;
  state: string;
  checkoutUrl?: string;
  clientSecret?: string | null;
  publishableKey?: string;
}

export interface OrdersOptions {
  customers: Customers;
  projector: Projector;
  prices: PriceBook;
}

const LASTS_MS = 23 * 3_600_000;
const ATTEMPTS = 4;

/** Buying: one order at a time for each tenant and plugin, and never what is owned. */
export class Orders {
  readonly #deps: BillingDependencies;
  readonly #options: OrdersOptions;

  constructor(deps: BillingDependencies, options: OrdersOptions) {
    this.#deps = deps;
    this.#options = options;
  }

  /** Begins an order, or finds the same one under way. Refuses with `invalid-input`, `not-found`, `conflict`. */
  async begin(tenantId: string, request: OrderRequest, locale: 'en' | 'de', trace: AuditTrace): Promise<BegunOrder> {
    const manifest = this.#deps.plugins.manifest(request.plugin, tenantId);
    if (!manifest) throw unknownPlugin(request.plugin);
    const order = orderOf(manifest, request, this.#deps.gateway.automaticTax);
    await refuseWhenLeaving(this.#deps.db, tenantId);
    await this.#checkSeats(tenantId, order);
    const promotion =
      order.promotionCode === null ? null : await this.#deps.gateway.findPromotionCode(order.promotionCode);
    if (order.promotionCode !== null && promotion === null) throw unknownCode();
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const purchase = await this.#place(tenantId, order, manifest.name, trace);
      if (purchase === 'again') continue;
      return this.#pay(purchase, order, promotion, locale);
    }
    throw busyOrder();
  }

  async #checkSeats(tenantId: string, { plugin, seats }: Order): Promise<void> {
    if (seats === null) return;
    const taken = await seatsTakenOf(this.#deps.db, tenantId, plugin);
    if (seats < taken) throw seatsTaken(seats, taken);
  }

  /** The row of the order: the one under way when it is the same, a new one otherwise. */
  async #place(tenantId: string, order: Order, name: string, trace: AuditTrace): Promise<Purchase | 'again'> {
    const { db, gateway, now } = this.#deps;
    const { provider } = gateway;
    const found = await db
      .asPlatform(async (models) => {
        const standing = await standingOf(models, provider, tenantId, order.plugin, OPEN_STATES);
        if (standing.owned) throw alreadyOwned(name);
        if (standing.subscription) throw alreadySubscribed(name);
        if (standing.open) return { open: standing.open };
        const purchase = await models.Purchase.create({
          tenantId,
          provider,
          pluginId: order.plugin,
          plan: order.plan,
          method: order.method,
          currency: order.offer.currency.toLowerCase(),
          unitAmount: order.offer.unitAmount,
          seats: order.seats,
          promotionCode: order.promotionCode,
          trialEndsAt: order.plan === 'one-time' ? null : keptTrial(standing.licence, now()),
          createdBy: trace.actor.userId,
          expiresAt: new Date(now().getTime() + LASTS_MS),
        });
        await recordAudit(models, trace, {
          tenantId,
          action: 'purchase.begun',
          pluginId: order.plugin,
          entityId: purchase.id,
          detail: {
            plan: order.plan,
            amount: order.offer.unitAmount * order.quantity,
            currency: order.offer.currency,
            seats: order.seats,
          },
        });
        return { purchase };
      })
      .catch((error: unknown) => {
        // Somebody else was faster: theirs is found now.
        if (isDuplicate(error)) return 'again' as const;
        throw error;
      });
    if (found === 'again') return found;
    if (found.purchase) return found.purchase;
    if (isSameOrder(found.open, order, now())) return found.open;
    await this.release(found.open);
    return 'again';
  }

  /** Takes an order back, so that it can not be paid any more. If it has been paid, that counts. */
  async release(purchase: Purchase): Promise<void> {
    const { db, gateway, now } = this.#deps;
    const { tenantId, id, session, intent, subscription } = purchase;
    if (session !== null) await gateway.expireCheckout(session);
    else if (intent !== null) await gateway.cancelIntent(intent);
    else if (subscription !== null) await gateway.cancelNow(subscription).catch(gone);
    const subjects = {
      ...(session === null ? {} : { checkout: session }),
      ...(intent === null ? {} : { intent }),
      ...(subscription === null ? {} : { subscription }),
    };
    if (Object.keys(subjects).length > 0) {
      const payer = await this.#options.customers.find(tenantId);
      if (payer) await this.#options.projector.refresh(payer, [subjects]);
    }
    // A payment under way ('confirmed') is left to come to its end.
    await db.asPlatform((models) =>
      models.Purchase.update(
        { state: purchase.expiresAt <= now() ? 'expired' : 'cancelled' },
        { where: { tenantId, id, state: ['pending', 'intent'] } },
      ),
    );
    const { rows } = await db.platform.query<{ state: string }>(
      'select state from core.purchases where tenant_id = $1 and id = $2',
      [tenantId, id],
    );
    if (rows[0]?.state === 'confirmed') throw busyOrder();
  }

  async #pay(purchase: Purchase, order: Order, promotion: string | null, locale: 'en' | 'de'): Promise<BegunOrder> {
    const { gateway } = this.#deps;
    const { id } = purchase;
    if (purchase.checkoutUrl !== null) return { id, state: purchase.state, checkoutUrl: purchase.checkoutUrl };
    try {
      const begun = await this.#askProvider(purchase, order, promotion, locale);
      if (order.method === 'checkout') return { id, state: 'intent', checkoutUrl: begun.url ?? '' };
      return { id, state: 'intent', clientSecret: begun.clientSecret, publishableKey: await gateway.publishableKey() };
    } catch (error) {
      await this.#giveUp(purchase, error);
      throw error;
    }
  }

  async #askProvider(purchase: Purchase, order: Order, promotion: string | null, locale: 'en' | 'de') {
    const { gateway, plugins } = this.#deps;
    const { customers, prices } = this.#options;
    const { tenantId, id, plan } = purchase;
    const manifest = plugins.manifest(order.plugin, tenantId);
    if (!manifest) throw unknownPlugin(order.plugin);
    const payer = await customers.ensure(tenantId);
    const lines: DirectOrder['lines'] = [
      { price: await prices.of(manifest, order.offer), quantity: order.quantity },
      ...(plan === 'one-time' ? [] : await prices.metersOf(manifest, plan)).map(({ price }) => ({ price })),
    ];
    const key = `${id}:${purchase.attempt}`;
    const direct: DirectOrder = {
      customer: payer.customer,
      origin: { tenant: tenantId, plugin: order.plugin, purchase: id },
      lines,
      promotionCode: promotion,
      trialEndsAt: purchase.trialEndsAt,
      currency: purchase.currency,
      amount: purchase.unitAmount * order.quantity,
    };
    if (order.method === 'checkout') return this.#askForPage(purchase, direct, gateway, locale, key);
    const begun = await (plan === 'one-time'
      ? gateway.createIntent(direct, key)
      : gateway.createSubscription(direct, key));
    await this.#remember(purchase, { intent: begun.intent, subscription: begun.subscription });
    return { url: null, clientSecret: begun.clientSecret };
  }

  async #askForPage(
    purchase: Purchase,
    direct: DirectOrder,
    gateway: PaymentGateway,
    locale: 'en' | 'de',
    key: string,
  ) {
    const origin = this.#deps.mailer.publicOrigin();
    const checkout = await gateway.createCheckout(
      {
        ...direct,
        mode: purchase.plan === 'one-time' ? 'payment' : 'subscription',
        locale,
        successUrl: `${origin}/admin/billing/return?session={CHECKOUT_SESSION_ID}`,
        cancelUrl: `${origin}/admin/plugins/${purchase.pluginId}?tab=plans`,
      },
      key,
    );
    await this.#remember(purchase, { session: checkout.id, checkoutUrl: checkout.url });
    return { url: checkout.url, clientSecret: null };
  }

  async #remember({ tenantId, id }: Purchase, fields: Partial<Purchase>): Promise<void> {
    await this.#deps.db.asPlatform(async ({ Purchase: purchases }) => {
      await purchases.update(fields, { where: { tenantId, id } });
      await purchases.update({ state: 'intent' }, { where: { tenantId, id, state: 'pending' } });
    });
  }

  /** What the provider refuses does not stand in the way of the next order; what it did not answer goes on. */
  async #giveUp({ tenantId, id }: Purchase, error: unknown): Promise<void> {
    if (!(error instanceof ApiError) || error.reason === 'provider-unreachable') return;
    await this.#deps.db.asPlatform(({ Purchase: purchases }) =>
      purchases.update({ state: 'cancelled' }, { where: { tenantId, id, state: 'pending' } }),
    );
  }
}

/** What is ended already need not be ended. */
function gone(error: unknown): void {
  if (!(error instanceof ApiError) || error.reason !== 'provider-refused') throw error;
}

export async function seatsTakenOf(
  db: Pick<BillingDependencies['db'], 'platform'>,
  tenantId: string,
  plugin: string,
): Promise<number> {
  const { rows } = await db.platform.query<{ taken: number }>(
    'select count(*)::integer as taken from core.licence_seats where tenant_id = $1 and plugin_id = $2',
    [tenantId, plugin],
  );
  return rows[0]?.taken ?? 0;
}
