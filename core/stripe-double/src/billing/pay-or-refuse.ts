import { StripeError } from '../http/errors.ts';
import type { Books } from '../state/books.ts';
import { pay } from './invoices.ts';

/** Takes an invoice's money at once (`error_if_incomplete`). @throws StripeError 402, everything undone, when it does not come */
export function payOrRefuse(books: Books, invoice: string, offSession: boolean): void {
  try {
    pay(books, invoice, { offSession });
  } catch (error) {
    throw withoutEffects(error);
  }
  if (books.known('invoice', invoice).status !== 'open') return;
  throw new StripeError(
    402,
    'Payment for this subscription requires additional user action before it can be completed.',
    {
      type: 'card_error',
      code: 'subscription_payment_intent_requires_action',
    },
  );
}

/** The same refusal, with everything undone: nothing was subscribed. */
function withoutEffects(error: unknown): unknown {
  if (error instanceof Error && 'keepsEffects' in error) {
    return Object.assign(Object.create(Object.getPrototypeOf(error)), error, {
      message: error.message,
      keepsEffects: false,
    });
  }
  return error;
}
