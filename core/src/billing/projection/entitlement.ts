import type { PaidLicence } from '../../licensing/index.ts';
import type { Plan } from '../types.ts';

interface PurchaseFacts {
  id: string;
  plan: Plan;
  state: string;
  seats: number | null;
}

interface SubscriptionFacts {
  id: string;
  plan: 'monthly' | 'annual';
  quantity: number;
  perSeat: boolean;
  paidUntil: Date | null;
  dispute: string | null;
}

/**
 * What all that a tenant has bought of one plugin amounts to; `null` when none of it was paid. What was bought for
 * ever comes first, then the subscription that is paid for longest. What was paid back, or taken back by the payer's
 * bank, counts for nothing. Pure.
 */
export function entitlement(
  tenantId: string,
  plugin: string,
  purchases: readonly PurchaseFacts[],
  subscriptions: readonly SubscriptionFacts[],
): PaidLicence | null {
  const bought = purchases.find(({ plan, state }) => plan === 'one-time' && state === 'completed');
  if (bought) {
    return {
      tenantId,
      plugin,
      kind: 'purchased',
      plan: 'one-time',
      expiresAt: null,
      seats: bought.seats,
      source: purchaseSource(bought.id),
    };
  }
  let best: SubscriptionFacts | undefined;
  let until: Date | undefined;
  for (const subscription of subscriptions) {
    const { paidUntil, dispute } = subscription;
    if (paidUntil === null || dispute === 'lost' || (until !== undefined && paidUntil <= until)) continue;
    best = subscription;
    until = paidUntil;
  }
  if (best === undefined || until === undefined) return null;
  return {
    tenantId,
    plugin,
    kind: 'subscription',
    plan: best.plan,
    expiresAt: until,
    seats: best.perSeat ? best.quantity : null,
    source: subscriptionSource(best.id),
  };
}

export const purchaseSource = (id: string): string => `purchase:${id}`;
export const subscriptionSource = (id: string): string => `subscription:${id}`;

/** Whether a licence rests on something that was paid here. */
export function isPaidSource(source: string): boolean {
  return source.startsWith('purchase:') || source.startsWith('subscription:');
}
