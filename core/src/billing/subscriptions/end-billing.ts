import type { BillingDependencies } from '../dependencies.ts';
import type { Orders } from '../ordering/orders.ts';

/** Of subscriptions that will not cost anything any more, whatever happens. */
const ENDED = ['canceled', 'incomplete_expired'];

/**
 * Ends at once what a tenant pays for: it is deleted. Idempotent; rejects while the provider can not be reached. What was
 * paid stays paid, and its invoices stay.
 */
export async function endBilling(
  { db, gateway }: Pick<BillingDependencies, 'db' | 'gateway'>,
  orders: Orders,
  tenantId: string,
): Promise<void> {
  const { provider } = gateway;
  const { customer, open } = await db.asPlatform(async (models) => ({
    customer: await models.BillingCustomer.findOne({ where: { tenantId, provider } }),
    open: await models.Purchase.findAll({ where: { tenantId, provider, state: ['pending', 'intent', 'confirmed'] } }),
  }));
  for (const purchase of open) await orders.release(purchase);
  if (!customer) return;
  for (const { id, status } of await gateway.subscriptionsOf(customer.customer)) {
    if (!ENDED.includes(status)) await gateway.cancelNow(id);
  }
}
