import { SYSTEM_TRACE } from '../../audit/index.ts';
import type { Subscription } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { BillingDependencies } from '../dependencies.ts';
import type { Orders } from '../ordering/orders.ts';
import { LIVE_STATUSES } from '../ordering/standing.ts';
import type { Cancellations } from './cancellations.ts';
import type { PlanChanges } from './plan-changes.ts';

/** What becomes of a tenant's subscriptions while it is about to be deleted, and may be kept after all. */
export interface WindDown {
  /** Ids of the subscriptions that would be renewed. */
  renewing(tenantId: string): Promise<string[]>;
  /** Nothing is renewed, and no open order or change can be paid any more; what is paid for lasts to its end. Idempotent. */
  begin(tenantId: string): Promise<void>;
  /** Of these subscriptions, those that have not ended go on. Idempotent. */
  undo(tenantId: string, subscriptions: readonly string[]): Promise<void>;
}

interface Rooms {
  orders: Pick<Orders, 'release'>;
  cancellations: Pick<Cancellations, 'setCancelled'>;
  changes: Pick<PlanChanges, 'withdraw'>;
}

/** Each rejects while the provider can not be reached. */
export function createWindDown(
  { db, gateway }: Pick<BillingDependencies, 'db' | 'gateway'>,
  { orders, cancellations, changes }: Rooms,
): WindDown {
  const { provider } = gateway;

  const running = (tenantId: string): Promise<Subscription[]> =>
    db.asPlatform((models) => models.Subscription.findAll({ where: { tenantId, provider, status: LIVE_STATUSES } }));

  async function renewing(tenantId: string): Promise<string[]> {
    return (await running(tenantId)).filter(({ cancelAt }) => cancelAt === null).map(({ id }) => id);
  }

  return {
    renewing,
    async begin(tenantId) {
      const open = await db.asPlatform((models) =>
        models.Purchase.findAll({ where: { tenantId, provider, state: ['pending', 'intent'] } }),
      );
      for (const purchase of open) await orders.release(purchase);
      for (const { id, pendingUntil } of await running(tenantId)) {
        if (pendingUntil !== null) await changes.withdraw(tenantId, id, SYSTEM_TRACE);
      }
      for (const id of await renewing(tenantId)) await cancellations.setCancelled(tenantId, id, true, SYSTEM_TRACE);
    },
    async undo(tenantId, subscriptions) {
      for (const id of subscriptions) {
        await cancellations.setCancelled(tenantId, id, false, SYSTEM_TRACE).catch((error: unknown) => {
          // It has ended meanwhile, or what it paid for was bought for ever.
          if (!(error instanceof ApiError) || (error.code !== 'conflict' && error.code !== 'not-found')) throw error;
        });
      }
    },
  };
}
