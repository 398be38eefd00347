import type Stripe from 'stripe';
import { type Books, ref } from '../state/books.ts';
import type { Invoice, Subscription } from '../state/tables.ts';

/** The subscription that an invoice is for. */
export function subscriptionOf(invoice: Pick<Invoice, 'parent'>): string | null {
  return ref(invoice.parent?.subscription_details?.subscription ?? null);
}

/** Changes a subscription and tells of it. */
export function changeSubscription(books: Books, id: string, patch: Partial<Subscription>): Subscription {
  const before = books.known('subscription', id);
  const after = books.change('subscription', id, patch);
  books.emit('customer.subscription.updated', after, before);
  return after;
}

const OVER = new Set<string>(['canceled', 'incomplete_expired']);

export function isOver(subscription: Subscription): boolean {
  return OVER.has(subscription.status);
}

/** Ends a subscription for good. */
export function endSubscription(
  books: Books,
  id: string,
  reason: Stripe.Subscription.CancellationDetails.Reason,
  details: Partial<Stripe.Subscription.CancellationDetails> = {},
): Subscription {
  const before = books.known('subscription', id);
  const now = books.now(ref(before.test_clock));
  const after = books.change('subscription', id, {
    status: 'canceled',
    canceled_at: before.canceled_at ?? now,
    ended_at: now,
    cancel_at_period_end: false,
    pending_update: null,
    cancellation_details: {
      comment: details.comment ?? before.cancellation_details?.comment ?? null,
      feedback: details.feedback ?? before.cancellation_details?.feedback ?? null,
      feedback_option: null,
      reason,
    },
  });
  // What was to be billed with a next invoice has none to come with.
  for (const item of books.all('invoiceitem')) {
    if (item.invoice === null && item.proration && item.parent?.subscription_details?.subscription === id) {
      books.remove('invoiceitem', item.id);
      books.emit('invoiceitem.deleted', item);
    }
  }
  for (const invoice of books.all('invoice')) {
    if (subscriptionOf(invoice) !== id || (invoice.status !== 'draft' && invoice.status !== 'open')) continue;
    books.change('invoice', invoice.id, { auto_advance: false, next_payment_attempt: null });
  }
  books.emit('customer.subscription.deleted', after);
  return after;
}

/** Whether an invoice is for a change that waits to be paid. */
function isOfUpdate(books: Books, { id, pending_update }: Subscription, invoice: Invoice): boolean {
  return pending_update !== null && books.linked(`update:${id}`) === invoice.id;
}

/** An invoice is void: a change that waited for it is none any more. */
export function invoiceVoided(books: Books, invoice: Invoice): void {
  const subscription = books.get('subscription', subscriptionOf(invoice) ?? '');
  if (subscription !== undefined && isOfUpdate(books, subscription, invoice)) {
    books.react('update.dropped', subscription.id);
  }
}

/** An invoice is paid: what stood still for it goes on. */
export function invoicePaid(books: Books, invoice: Invoice): void {
  const id = subscriptionOf(invoice);
  const subscription = id === null ? undefined : books.get('subscription', id);
  if (subscription === undefined || isOver(subscription)) return;
  if (isOfUpdate(books, subscription, invoice)) {
    books.react('update.paid', subscription.id);
    return;
  }
  if (ref(subscription.latest_invoice) !== invoice.id) return;
  const { status } = subscription;
  if (status !== 'incomplete' && status !== 'past_due' && status !== 'unpaid') return;
  const now = books.now(ref(subscription.test_clock));
  const trialing = (subscription.trial_end ?? 0) > now;
  const save = subscription.payment_settings?.save_default_payment_method === 'on_subscription';
  const paidWith = save ? methodUsed(books, invoice) : null;
  changeSubscription(books, subscription.id, {
    status: trialing ? 'trialing' : 'active',
    ...(paidWith === null ? {} : { default_payment_method: paidWith }),
  });
}

function methodUsed(books: Books, invoice: Invoice): string | null {
  const intent = books.get('payment_intent', books.linked(`invoice:${invoice.id}`) ?? '');
  const method = books.get('payment_method', ref(intent?.payment_method ?? null) ?? '');
  return method === undefined || method.customer === null ? null : method.id;
}

/** An invoice could not be collected. `last` when nobody will try again. */
export function invoiceUnpaid(books: Books, invoice: Invoice, last: boolean): void {
  const id = subscriptionOf(invoice);
  const subscription = id === null ? undefined : books.get('subscription', id);
  if (subscription === undefined || isOver(subscription) || subscription.status === 'incomplete') return;
  // The period is paid all the same.
  if (isOfUpdate(books, subscription, invoice)) return;
  if (last && books.rules.afterRetries === 'cancel') {
    endSubscription(books, subscription.id, 'payment_failed');
    return;
  }
  const status = last && books.rules.afterRetries === 'unpaid' ? 'unpaid' : 'past_due';
  if (subscription.status !== status && subscription.status !== 'unpaid') {
    changeSubscription(books, subscription.id, { status });
  }
}
