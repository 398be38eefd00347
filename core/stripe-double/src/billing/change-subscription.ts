import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { type Books, ref } from '../state/books.ts';
import type { Invoice, Subscription } from '../state/tables.ts';
import { changeItems } from './change-items.ts';
import { changeTerms } from './change-terms.ts';
import { collect, finalize } from './invoices.ts';
import { payOrRefuse } from './pay-or-refuse.ts';
import { dropUpdate, updateWhenPaid } from './pending-update.ts';
import { changeSubscription, isOver } from './standing.ts';

type Params = Stripe.SubscriptionUpdateParams;

/** @throws StripeError 400 for contradictions, 402 with `error_if_incomplete` when the card is declined */
export function updateSubscription(books: Books, id: string, params: Params): Subscription {
  const before = books.known('subscription', id);
  if (isOver(before)) {
    const onlyNotes = Object.keys(params).every((name) =>
      ['metadata', 'cancellation_details', 'expand'].includes(name),
    );
    if (!onlyNotes)
      throw invalid('A canceled subscription can only update its cancellation_details and metadata.', 'id');
  }
  if (params.payment_behavior === 'pending_if_incomplete') return updateWhenPaid(books, id, params);
  const clock = ref(before.test_clock);
  const now = books.now(clock);
  changeTerms(books, before, params, now);
  const itemsChange =
    params.items !== undefined || params.trial_end !== undefined || params.billing_cycle_anchor?.type === 'now';
  // Another change takes the place of one that waits to be paid.
  if (itemsChange) dropUpdate(books, id);
  const invoice = itemsChange ? changeItems(books, books.known('subscription', id), params, now) : null;
  const after = books.known('subscription', id);
  books.emit('customer.subscription.updated', after, before);
  if (invoice !== null) settleChange(books, id, invoice, params);
  return books.known('subscription', id);
}

/** Collects the invoice of a change, as the request wants it. */
function settleChange(books: Books, id: string, invoice: Invoice, params: Params): void {
  const open = finalize(books, invoice.id);
  if (open.status !== 'open' || open.collection_method === 'send_invoice') return;
  const offSession = params.off_session === true;
  if (params.payment_behavior === 'default_incomplete') {
    changeSubscription(books, id, { status: 'past_due' });
    return;
  }
  if (params.payment_behavior !== 'error_if_incomplete') {
    collect(books, open.id, offSession);
    return;
  }
  payOrRefuse(books, open.id, offSession);
}
