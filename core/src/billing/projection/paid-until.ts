import type { ProviderSubscription } from '../gateway/index.ts';

type Paid = Pick<
  ProviderSubscription,
  'status' | 'currentPeriodStart' | 'currentPeriodEnd' | 'trialEndsAt' | 'endedAt' | 'owedSince'
>;

/**
 * The first moment that is not paid for; `null` while nothing was paid yet. The provider moves a subscription into its
 * next period before that is paid: once the payment of a period has failed, what is paid ends where that period begins,
 * however many follow. An amount owed for a change within a period takes nothing of the period away. Pure.
 */
export function paidUntil(subscription: Paid): Date | null {
  const { status, currentPeriodStart, currentPeriodEnd, trialEndsAt, endedAt, owedSince } = subscription;
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
      return owedSince ?? currentPeriodEnd;
    case 'paused':
      // A trial that ended without a means of payment.
      return trialEndsAt ?? currentPeriodStart;
    default:
      return earlier(endedAt, owedSince ?? currentPeriodEnd);
  }
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
