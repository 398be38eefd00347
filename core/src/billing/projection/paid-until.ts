import type { ProviderSubscription } from '../gateway/index.ts';

type Paid = Pick<
  ProviderSubscription,
  'status' | 'currentPeriodStart' | 'currentPeriodEnd' | 'trialEndsAt' | 'endedAt' | 'latestInvoice'
>;

/**
 * The first moment that is not paid for; `null` while nothing was paid yet. The provider moves a subscription into its
 * next period before that is paid: while the payment of a period is owed, what is paid ends where the period begins.
 * An amount owed for a change within a period takes nothing of the period away. Pure.
 */
export function paidUntil(subscription: Paid): Date | null {
  const { status, currentPeriodStart, currentPeriodEnd, trialEndsAt, endedAt, latestInvoice } = subscription;
  const owesPeriod =
    latestInvoice !== null &&
    latestInvoice.status !== 'paid' &&
    (latestInvoice.reason === 'subscription_cycle' || latestInvoice.reason === 'subscription_create');
  switch (status) {
    case 'incomplete':
    case 'incomplete_expired':
      return null;
    case 'trialing':
      return trialEndsAt ?? currentPeriodEnd;
    case 'active':
      return currentPeriodEnd;
    case 'past_due':
    case 'unpaid':
      return owesPeriod ? currentPeriodStart : currentPeriodEnd;
    case 'paused':
      // A trial that ended without a means of payment.
      return trialEndsAt ?? currentPeriodStart;
    default:
      return ended(endedAt, owesPeriod ? currentPeriodStart : currentPeriodEnd);
  }
}

function ended(endedAt: Date | null, paid: Date | null): Date | null {
  if (endedAt === null || paid === null) return paid ?? endedAt;
  return endedAt < paid ? endedAt : paid;
}
