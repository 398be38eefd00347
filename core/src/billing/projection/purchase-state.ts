import type { ProviderCheckout, ProviderIntent, ProviderSubscription } from '../gateway/index.ts';

/** Orders that may still be paid. */
export const OPEN_STATES = ['pending', 'intent', 'confirmed'] as const;
/** What was given up may have been paid all the same, on a page that was still open somewhere. */
export const COMPLETABLE_STATES = [...OPEN_STATES, 'expired', 'cancelled'] as const;

export type OrderState = 'intent' | 'confirmed' | 'completed' | 'expired' | 'cancelled';

/** How an order stands by its payment page. Pure. */
export function stateByCheckout({ status, paid }: Pick<ProviderCheckout, 'status' | 'paid'>): OrderState {
  if (status === 'open') return 'intent';
  if (status === 'expired') return 'expired';
  // Some means of payment take days after the page is done.
  return paid ? 'completed' : 'confirmed';
}

/** How an order stands by its payment. Pure. */
export function stateByIntent({ status }: Pick<ProviderIntent, 'status'>): OrderState {
  switch (status) {
    case 'succeeded':
      return 'completed';
    case 'processing':
    case 'requires_capture':
      return 'confirmed';
    case 'canceled':
      return 'cancelled';
    default:
      return 'intent';
  }
}

/** How an order of a subscription stands by it. Pure. */
export function stateBySubscription({ status }: Pick<ProviderSubscription, 'status'>): OrderState {
  if (status === 'incomplete') return 'intent';
  return status === 'incomplete_expired' ? 'expired' : 'completed';
}
