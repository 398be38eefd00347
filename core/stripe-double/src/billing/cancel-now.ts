import type Stripe from 'stripe';
import { given } from '../http/metadata.ts';
import { type Books, ref } from '../state/books.ts';
import type { Subscription } from '../state/tables.ts';
import { collect, finalize } from './invoices.ts';
import { invoiceItemLine } from './lines.ts';
import { credits } from './proration.ts';
import { invoiceFor, itemsList } from './subscriptions.ts';

/** Cancels at once. `prorate` credits what is left of the period; `invoice_now` bills what waits. */
export function cancelNow(
  books: Books,
  id: string,
  params: Stripe.SubscriptionCancelParams,
  end: (details: Partial<Stripe.Subscription.CancellationDetails>) => Subscription,
): Subscription {
  const subscription = books.known('subscription', id);
  const now = books.now(ref(subscription.test_clock));
  const details = params.cancellation_details;
  if (params.prorate === true && subscription.status === 'active') {
    const none = { ...subscription, items: itemsList(id, []) };
    const made = credits(books, subscription, none, { date: now, restart: false });
    // Kept for the customer's next invoice, of whatever it is.
    for (const item of made) books.change('invoiceitem', item.id, params.invoice_now === true ? {} : { parent: null });
  }
  if (params.invoice_now === true) {
    const waiting = books
      .all('invoiceitem')
      .filter((item) => item.invoice === null && item.parent?.subscription_details?.subscription === id);
    if (waiting.length > 0) {
      const invoice = invoiceFor(books, subscription, {
        reason: 'subscription_update',
        lines: waiting.map(invoiceItemLine),
        period: { start: now, end: now },
        withPending: false,
      });
      for (const item of waiting) books.change('invoiceitem', item.id, { invoice: invoice.id });
      if (finalize(books, invoice.id).status === 'open') collect(books, invoice.id);
    }
  }
  return end({ comment: given(details?.comment, null), feedback: given(details?.feedback, null) });
}
