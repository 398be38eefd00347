import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Customers } from '../customers.ts';
import type { BillingDependencies } from '../dependencies.ts';
import { unknownSubscription } from '../ordering/refusals.ts';
import { LIVE_STATUSES } from '../ordering/standing.ts';
import type { Projector } from '../projection/projector.ts';

/** What everything that is done with a running subscription begins and ends with. */
export interface Running {
  /** Rejects for one that is not there, or has ended. */
  find(tenantId: string, id: string): Promise<Subscription>;
  record(
    subscription: Subscription,
    action: string,
    trace: AuditTrace,
    detail: Record<string, string | number>,
  ): Promise<void>;
  /** Brings our rows to what the provider has now; resolves with the subscription's. */
  refresh(subscription: Subscription): Promise<Subscription>;
}

export function createRunning(deps: BillingDependencies, customers: Customers, projector: Projector): Running {
  const { db, gateway } = deps;

  async function rowOf(tenantId: string, id: string): Promise<Subscription> {
    const subscription = await db.asPlatform(({ Subscription: subscriptions }) =>
      subscriptions.findOne({ where: { tenantId, id, provider: gateway.provider } }),
    );
    if (!subscription) throw unknownSubscription();
    return subscription;
  }

  return {
    async find(tenantId, id) {
      const subscription = await rowOf(tenantId, id);
      if (!LIVE_STATUSES.includes(subscription.status)) {
        throw new ApiError('conflict', 'This subscription has ended.', { reason: 'subscription-ended' });
      }
      return subscription;
    },
    record: ({ tenantId, pluginId, id }, action, trace, detail) =>
      db.asPlatform((models) => recordAudit(models, trace, { tenantId, action, pluginId, entityId: id, detail })),
    async refresh({ tenantId, id }) {
      const payer = await customers.find(tenantId);
      if (payer) {
        const now = await gateway.subscription(id);
        const invoice = now?.latestInvoice ?? null;
        await projector.refresh(payer, [{ subscription: id, ...(invoice === null ? {} : { invoice }) }]);
      }
      return rowOf(tenantId, id);
    },
  };
}
