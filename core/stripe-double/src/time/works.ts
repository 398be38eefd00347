import { collect, finalize, markUncollectible, methodFor, voidInvoice } from '../billing/invoices.ts';
import { updateExpires } from '../billing/pending-update.ts';
import { changeSubscription, endSubscription, isOver } from '../billing/standing.ts';
import { expireIncomplete, finalizeByItself, periodEnd, trialEnding } from '../billing/subscriptions.ts';
import { upcoming } from '../billing/upcoming.ts';
import { dailyPayout, payoutArrives } from '../connect/payouts.ts';
import { disputeDue } from '../payments/disputes.ts';
import { processed } from '../payments/intents.ts';
import { refundFails, refundSucceeds } from '../payments/refunds.ts';
import { expireSession } from '../resources/checkout-session.ts';
import { type Books, ref } from '../state/books.ts';
import type { Work } from './clocks.ts';

function retry(books: Books, id: string, at: number): void {
  const invoice = books.get('invoice', id);
  if (invoice?.status !== 'open' || invoice.next_payment_attempt !== at) return;
  books.change('invoice', id, { next_payment_attempt: null });
  if (methodFor(books, invoice) !== null) books.emit('invoice.updated', books.known('invoice', id), invoice);
  collect(books, id);
}

/** Everything that happens by itself when its time has come. */
export const WORKS: Readonly<Record<string, Work>> = {
  'subscription.period-end': periodEnd,
  'subscription.trial-will-end': trialEnding,
  'subscription.incomplete-expires': (books, id) => {
    const expired = expireIncomplete(books, id);
    const invoice = books.get('invoice', ref(expired?.latest_invoice ?? null) ?? '');
    if (invoice?.status === 'open') voidInvoice(books, invoice.id);
  },
  'subscription.pending-update-expires': updateExpires,
  'subscription.cancel-at': (books, id, at) => {
    const subscription = books.get('subscription', id);
    if (subscription === undefined || isOver(subscription) || subscription.cancel_at !== at) return;
    // At the end of a period, its own appointment ends it.
    if (!subscription.items.data.some((item) => item.current_period_end === at)) {
      endSubscription(books, id, 'cancellation_requested');
    }
  },
  'subscription.collection-resumes': (books, id, at) => {
    const subscription = books.get('subscription', id);
    if (subscription?.pause_collection?.resumes_at === at) changeSubscription(books, id, { pause_collection: null });
  },
  'invoice.finalize': finalizeByItself,
  'invoice.retry': retry,
  'invoice.void': (books, id) => {
    if (books.get('invoice', id)?.status === 'draft' && finalize(books, id).status === 'open') voidInvoice(books, id);
  },
  'invoice.mark_uncollectible': (books, id) => {
    if (books.get('invoice', id)?.status === 'draft' && finalize(books, id).status === 'open')
      markUncollectible(books, id);
  },
  'invoice.overdue': (books, id) => {
    const invoice = books.get('invoice', id);
    if (invoice?.status === 'open') books.emit('invoice.overdue', invoice);
  },
  'invoice.upcoming': (books, id) => {
    const subscription = books.get('subscription', id);
    if (subscription === undefined || isOver(subscription) || subscription.cancel_at_period_end) return;
    const preview = upcoming(books, subscription);
    if (preview !== null) books.emit('invoice.upcoming', preview);
  },
  'intent.processed': processed,
  'session.expire': expireSession,
  'refund.fails': refundFails,
  'refund.succeeds': refundSucceeds,
  'dispute.due': disputeDue,
  'payout.arrives': payoutArrives,
  'account.daily-payout': dailyPayout,
};
