import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { type Books, ref } from '../state/books.ts';
import type { Subscription, SubscriptionItem } from '../state/tables.ts';
import { changeItems } from './change-items.ts';
import { collect, finalize, voidInvoice } from './invoices.ts';
import { itemsList, periodOf, schedulePeriod } from './subscriptions.ts';

type Params = Stripe.SubscriptionUpdateParams;

/** A pending update is forgotten when nobody has paid it after so many seconds. */
const LASTS = 23 * 3600;

const ALLOWED = new Set<string>([
  'billing_cycle_anchor',
  'expand',
  'items',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'trial_end',
]);

/** Changes a subscription once the change is paid (`pending_if_incomplete`): until then it goes on as it was. */
export function updateWhenPaid(books: Books, id: string, params: Params): Subscription {
  const wrong = Object.keys(params).find((name) => !ALLOWED.has(name));
  if (wrong !== undefined) {
    throw invalid(`\`${wrong}\` can not be changed with payment_behavior=pending_if_incomplete.`, wrong);
  }
  dropUpdate(books, id);
  const before = books.known('subscription', id);
  const clock = ref(before.test_clock);
  const now = books.now(clock);
  const invoice = changeItems(books, before, params, now);
  const wanted = books.known('subscription', id);
  const open = invoice === null ? null : finalize(books, invoice.id);
  if (open?.status !== 'open') {
    books.emit('customer.subscription.updated', wanted, before);
    return wanted;
  }
  const expires = Math.min(now + LASTS, periodOf(before).end);
  const { items, billing_cycle_anchor, trial_end, trial_start, status, cancel_at } = before;
  books.change('subscription', id, {
    items,
    billing_cycle_anchor,
    trial_end,
    trial_start,
    status,
    cancel_at,
    pending_update: {
      billing_cycle_anchor: wanted.billing_cycle_anchor === billing_cycle_anchor ? null : wanted.billing_cycle_anchor,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: expires,
      metadata: null,
      subscription_items: wanted.items.data,
      trial_end: wanted.trial_end === trial_end ? null : wanted.trial_end,
      trial_from_plan: null,
    } as Stripe.Subscription.PendingUpdate,
  });
  // Nobody tries again by itself: it is paid in time, or forgotten.
  books.change('invoice', open.id, { auto_advance: false });
  books.link(`update:${id}`, open.id);
  collect(books, open.id, params.off_session === true);
  const after = books.known('subscription', id);
  if (after.pending_update !== null) {
    books.schedule(clock, expires, 'subscription.pending-update-expires', id);
    books.emit('customer.subscription.updated', after, before);
  }
  return after;
}

/** The invoice of a pending update is paid: the subscription becomes what was wanted. */
export function applyUpdate(books: Books, id: string): void {
  const before = books.known('subscription', id);
  const wanted = before.pending_update;
  if (wanted === null) return;
  const trialEnd = wanted.trial_end ?? before.trial_end;
  const isTrialOver = before.status === 'trialing' && (trialEnd ?? 0) <= books.now(ref(before.test_clock));
  const after = books.change('subscription', id, {
    items: itemsList(id, (wanted.subscription_items as SubscriptionItem[] | null) ?? before.items.data),
    billing_cycle_anchor: wanted.billing_cycle_anchor ?? before.billing_cycle_anchor,
    trial_end: trialEnd,
    pending_update: null,
    ...(isTrialOver ? { status: 'active' as const } : {}),
  });
  if (periodOf(after).end !== periodOf(before).end) schedulePeriod(books, after);
  if (after.cancel_at_period_end) books.change('subscription', id, { cancel_at: periodOf(after).end });
  books.emit('customer.subscription.updated', books.known('subscription', id), before);
  books.emit('customer.subscription.pending_update_applied', books.known('subscription', id));
}

/** Forgets a pending update, and voids what would have paid it. */
export function dropUpdate(books: Books, id: string): void {
  const before = books.known('subscription', id);
  if (before.pending_update === null) return;
  const after = books.change('subscription', id, { pending_update: null });
  const invoice = books.get('invoice', books.linked(`update:${id}`) ?? '');
  if (invoice?.status === 'open') voidInvoice(books, invoice.id);
  books.emit('customer.subscription.updated', after, before);
  books.emit('customer.subscription.pending_update_expired', after);
}

/** Nobody has paid it in time. */
export function updateExpires(books: Books, id: string, at: number): void {
  if (books.get('subscription', id)?.pending_update?.expires_at === at) dropUpdate(books, id);
}
