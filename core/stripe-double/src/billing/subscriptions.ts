import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { listOf } from '../http/list.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Invoice, Plan, Price, Subscription, SubscriptionItem } from '../state/tables.ts';
import { running } from './discounts.ts';
import { draft, type InvoiceTerms } from './draft-invoice.ts';
import { collect, finalize } from './invoices.ts';
import { itemLine, type LineDraft } from './lines.ts';
import { intervalOf, nextBoundary } from './periods.ts';
import { changeSubscription, endSubscription, isOver } from './standing.ts';
import { isMetered, usageOf } from './usage.ts';

const DAY = 86_400;

/** The old name of a recurring price, which subscription items still carry. */
export function planOf(price: Price): Plan {
  const { recurring } = price;
  if (recurring === null) {
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      'items[0][price]',
    );
  }
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: recurring.interval,
    interval_count: recurring.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: recurring.meter,
    nickname: price.nickname,
    product: idOf(price.product as string),
    tiers_mode: price.tiers_mode,
    transform_usage: null,
    trial_period_days: null,
    usage_type: recurring.usage_type,
  };
}

interface NewItem {
  subscription: string;
  price: Price;
  quantity: number | undefined;
  period: { start: number; end: number };
  created: number;
  metadata?: Stripe.Metadata;
}

export function newItem({ subscription, price, quantity, period, created, metadata = {} }: NewItem): SubscriptionItem {
  const plan = planOf(price);
  if (!price.active)
    throw invalid('The price specified is inactive. This field only accepts active prices.', 'items[0][price]');
  const metered = price.recurring?.usage_type === 'metered';
  if (metered && quantity !== undefined) throw invalid('Metered prices take no quantity.', 'items[0][quantity]');
  return {
    id: newId('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata,
    plan,
    price,
    ...(metered ? {} : { quantity: quantity ?? 1 }),
    subscription,
    tax_rates: [],
  };
}

export function itemsList(subscription: string, items: SubscriptionItem[]) {
  return listOf(`/v1/subscription_items?subscription=${subscription}`, items);
}

/** The period that the subscription is in: that of its items. */
export function periodOf(subscription: Subscription): { start: number; end: number } {
  const [first] = subscription.items.data;
  return {
    start: first?.current_period_start ?? subscription.start_date,
    end: first?.current_period_end ?? subscription.start_date,
  };
}

/** Plans what comes at a period's end, and the announcement before it. */
export function schedulePeriod(books: Books, subscription: Subscription): void {
  const { end } = periodOf(subscription);
  const clock = ref(subscription.test_clock);
  books.schedule(clock, end, 'subscription.period-end', subscription.id);
  if (end - 7 * DAY > books.now(clock)) books.schedule(clock, end - 7 * DAY, 'invoice.upcoming', subscription.id);
}

export function termsOf(
  subscription: Subscription,
): Pick<InvoiceTerms, 'customer' | 'currency' | 'collection' | 'daysUntilDue' | 'fee'> {
  const destination = subscription.transfer_data;
  return {
    customer: idOf(subscription.customer as string),
    currency: subscription.currency,
    collection: subscription.collection_method,
    daysUntilDue: subscription.days_until_due,
    ...(destination === null ? {} : { fee: { amount: null, destination: idOf(destination.destination as string) } }),
  };
}

/** Lines of a period that is paid ahead. */
export function periodLines(
  books: Books,
  subscription: Subscription,
  period: { start: number; end: number },
  trial = false,
): LineDraft[] {
  return subscription.items.data
    .filter((item) => !isMetered(item))
    .map((item) => itemLine(books, subscription, item, period, item.quantity ?? 1, trial));
}

/** Lines of what was used in a period that is over. */
export function usageLines(
  books: Books,
  subscription: Subscription,
  period: { start: number; end: number },
): LineDraft[] {
  return subscription.items.data.filter(isMetered).map((item) => {
    const meter = item.price.recurring?.meter ?? '';
    const used = usageOf(books, { meter, customer: idOf(subscription.customer as string), ...period });
    return itemLine(books, subscription, item, period, used);
  });
}

/** Makes an invoice of a subscription with its application fee reckoned in. */
export function invoiceFor(
  books: Books,
  subscription: Subscription,
  more: Pick<InvoiceTerms, 'reason' | 'lines' | 'period'> & Partial<InvoiceTerms>,
): Invoice {
  const now = books.now(ref(subscription.test_clock));
  const discounts = running(books, subscription.discounts, now);
  let invoice = draft(books, { ...termsOf(subscription), subscription, discounts, ...more });
  const percent = subscription.application_fee_percent;
  if (percent !== null) {
    const amount = Math.round((invoice.total * percent) / 100);
    books.link(
      `fee:${invoice.id}`,
      JSON.stringify({ amount, destination: ref(subscription.transfer_data?.destination) }),
    );
  }
  // A coupon that applies once has applied.
  const spent = discounts.filter((id) => {
    const coupon = books.get('coupon', ref(books.get('discount', id)?.source.coupon ?? null) ?? '');
    return (
      coupon?.duration === 'once' &&
      invoice.total_discount_amounts?.some((part) => part.discount === id && part.amount > 0)
    );
  });
  if (spent.length > 0) {
    const left = subscription.discounts.filter((id) => !spent.includes(id));
    books.change('subscription', subscription.id, { discounts: left });
  }
  books.change('subscription', subscription.id, { latest_invoice: invoice.id });
  invoice = books.known('invoice', invoice.id);
  return invoice;
}

/** A period is over: the next one begins, or the subscription ends. */
export function periodEnd(books: Books, id: string, at: number): void {
  const subscription = books.get('subscription', id);
  if (subscription === undefined || isOver(subscription) || subscription.status === 'paused') return;
  const period = periodOf(subscription);
  // Changed meanwhile: another appointment is in the book.
  if (period.end !== at) return;
  const over = subscription.cancel_at_period_end || (subscription.cancel_at !== null && subscription.cancel_at <= at);
  if (over) {
    const usage = usageLines(books, subscription, period);
    if (usage.some((line) => line.amount > 0)) {
      const last = invoiceFor(books, subscription, { reason: 'subscription_cycle', lines: usage, period });
      scheduleFinalization(books, last);
    }
    endSubscription(books, id, 'cancellation_requested');
    return;
  }
  const wasTrial = subscription.status === 'trialing';
  if (wasTrial && !trialMayEnd(books, subscription)) return;
  const anchor = subscription.billing_cycle_anchor;
  const items = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: at,
    current_period_end: nextBoundary(anchor, intervalOf(item.price), at),
  }));
  const next = { start: at, end: items[0]?.current_period_end ?? at };
  changeSubscription(books, id, {
    items: itemsList(id, items),
    ...(wasTrial ? { status: 'active' as const } : {}),
  });
  const current = books.known('subscription', id);
  schedulePeriod(books, current);
  const collects = subscription.status !== 'unpaid' && subscription.pause_collection === null;
  const invoice = invoiceFor(books, current, {
    reason: 'subscription_cycle',
    lines: [...(wasTrial ? [] : usageLines(books, subscription, period)), ...periodLines(books, current, next)],
    period,
    autoAdvance: collects,
  });
  const paused = subscription.pause_collection?.behavior;
  if (paused === 'void' || paused === 'mark_uncollectible')
    books.schedule(ref(current.test_clock), at, `invoice.${paused}`, invoice.id);
  else if (collects) scheduleFinalization(books, invoice);
}

/** At a trial's end without a payment method, the subscription's own setting decides. */
function trialMayEnd(books: Books, subscription: Subscription): boolean {
  const behaviour = subscription.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice';
  const customer = books.known('customer', idOf(subscription.customer as string));
  const method = ref(subscription.default_payment_method) ?? ref(customer.invoice_settings.default_payment_method);
  if (method !== null || behaviour === 'create_invoice') return true;
  if (behaviour === 'cancel') endSubscription(books, subscription.id, 'cancellation_requested');
  else {
    const paused = books.change('subscription', subscription.id, { status: 'paused' });
    books.emit('customer.subscription.paused', paused, subscription);
  }
  return false;
}

export function scheduleFinalization(books: Books, invoice: Invoice): void {
  const clock = ref(invoice.test_clock);
  const at = books.now(clock) + books.rules.draftSeconds;
  books.change('invoice', invoice.id, { automatically_finalizes_at: at });
  books.schedule(clock, at, 'invoice.finalize', invoice.id);
}

/** A draft's time has come: it is finalized, and collected where that is automatic. */
export function finalizeByItself(books: Books, id: string): void {
  const before = books.get('invoice', id);
  if (before === undefined || before.status !== 'draft' || before.auto_advance !== true) return;
  const invoice = finalize(books, id);
  if (invoice.status !== 'open') return;
  if (invoice.collection_method === 'charge_automatically') {
    collect(books, id);
    return;
  }
  books.emit('invoice.sent', invoice);
  if (invoice.due_date !== null) books.schedule(ref(invoice.test_clock), invoice.due_date, 'invoice.overdue', id);
}

export function trialEnding(books: Books, id: string): void {
  const subscription = books.get('subscription', id);
  if (subscription?.status === 'trialing') books.emit('customer.subscription.trial_will_end', subscription);
}

/** The first payment did not come within 23 hours. */
export function expireIncomplete(books: Books, id: string): Subscription | undefined {
  const subscription = books.get('subscription', id);
  if (subscription?.status !== 'incomplete') return undefined;
  return changeSubscription(books, id, {
    status: 'incomplete_expired',
    ended_at: books.now(ref(subscription.test_clock)),
  });
}
