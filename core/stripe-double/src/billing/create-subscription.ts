import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { merged } from '../http/metadata.ts';
import { methodOf } from '../payments/methods.ts';
import { newPrice } from '../resources/catalog.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Price, Subscription } from '../state/tables.ts';
import { redeem, type Wanted } from './discounts.ts';
import { collect, finalize, pay } from './invoices.ts';
import { type LineDraft, priceLine } from './lines.ts';
import { intervalOf, nextBoundary, roughly, sameInterval } from './periods.ts';
import { invoiceFor, itemsList, newItem, periodLines, periodOf, planOf, schedulePeriod } from './subscriptions.ts';
import { located } from './tax.ts';

const DAY = 86_400;

type Params = Stripe.SubscriptionCreateParams;

/** A price by id, or made of `price_data`. */
export function priceOf(
  books: Books,
  given: { price?: string; price_data?: object; plan?: string },
  param: string,
): Price {
  if (given.price_data !== undefined) return newPrice(books, given.price_data as Stripe.PriceCreateParams);
  const id = given.price ?? given.plan;
  if (id === undefined)
    throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, 'parameter_missing');
  return books.find('price', id, `${param}[price]`);
}

/** What the caller knows besides the request: a checkout session brings it. */
export interface Occasion {
  session?: string;
  /** Does not take the money: the caller does. */
  leaveOpen?: boolean;
}

/** @throws StripeError 400 for contradictions, 402 with `error_if_incomplete` when the card is declined */
export function createSubscription(books: Books, params: Params, occasion: Occasion = {}): Subscription {
  const customer = books.find('customer', params.customer ?? '', 'customer');
  const clock = ref(customer.test_clock);
  const now = books.now(clock);
  const id = newId('sub');
  const given = params.items ?? [];
  if (given.length === 0) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  if (given.length > 20) throw invalid('A subscription can have up to 20 items.', 'items');
  const prices = given.map((item, i) => priceOf(books, item, `items[${i}]`));
  checkTogether(prices);
  const [first] = prices;
  if (first === undefined) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  const currency = first.currency;
  if (customer.currency != null && customer.currency !== currency && hasOpenBusiness(books, customer.id)) {
    throw invalid(
      `You cannot combine currencies on a single customer. This customer has had a subscription or balance in ${customer.currency}.`,
      'currency',
    );
  }
  if (clock !== null && books.all('subscription').filter((s) => ref(s.customer) === customer.id).length >= 3) {
    throw invalid('A customer of a test clock can have up to 3 subscriptions.', 'customer');
  }
  if (params.automatic_tax?.enabled === true && !located(customer)) {
    throw invalid(
      "The customer's location isn't recognized. Set a valid address.",
      'automatic_tax',
      'customer_tax_location_invalid',
    );
  }
  const trialEnd = trialOf(params, now);
  const interval = intervalOf(first);
  const anchor = trialEnd ?? anchorOf(params, now, interval);
  const end = trialEnd ?? (anchor > now ? anchor : nextBoundary(anchor, interval, now));
  const percent = params.application_fee_percent;
  if (typeof percent === 'number' && (percent < 0 || percent > 100)) {
    throw invalid('The application fee percent must be from 0 to 100.', 'application_fee_percent');
  }
  if (params.transfer_data !== undefined)
    books.at(null).find('account', params.transfer_data.destination, 'transfer_data[destination]');
  const method =
    params.default_payment_method === undefined ? null : ownMethod(books, params.default_payment_method, customer.id);
  const collection = params.collection_method ?? 'charge_automatically';
  if (collection === 'send_invoice' && params.days_until_due === undefined) {
    throw invalid(
      'You must pass days_until_due when collection_method is send_invoice.',
      'days_until_due',
      'parameter_missing',
    );
  }
  const subscription = books.insert('subscription', {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: typeof percent === 'number' ? percent : null,
    automatic_tax: { disabled_reason: null, enabled: params.automatic_tax?.enabled ?? false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: null, type: 'classic' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at:
      params.cancel_at_period_end === true ? end : typeof params.cancel_at === 'number' ? params.cancel_at : null,
    cancel_at_period_end: params.cancel_at_period_end ?? false,
    canceled_at: params.cancel_at_period_end === true || typeof params.cancel_at === 'number' ? now : null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: collection,
    created: now,
    currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: params.days_until_due ?? null,
    default_payment_method: method,
    default_source: null,
    default_tax_rates: ratesOf(books, params.default_tax_rates),
    description: params.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: itemsList(
      id,
      given.map((item, i) =>
        newItem(id, prices[i] ?? first, item.quantity, { start: now, end }, now, merged({}, item.metadata)),
      ),
    ),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: merged({}, params.metadata),
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: params.payment_settings?.save_default_payment_method ?? 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: clock,
    transfer_data:
      params.transfer_data === undefined
        ? null
        : {
            amount_percent: params.transfer_data.amount_percent ?? null,
            destination: params.transfer_data.destination,
          },
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: params.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
      },
    },
    trial_start: trialEnd === null ? null : now,
  });
  const discounts = wishes(params.discounts).map(
    (wanted) =>
      redeem(books, wanted, { customer: customer.id, subscription: id, session: occasion.session ?? null }).id,
  );
  books.change('subscription', id, { discounts });
  books.change('customer', customer.id, { currency });
  begin(books, books.known('subscription', subscription.id), params, occasion);
  return books.known('subscription', id);
}

function begin(books: Books, subscription: Subscription, params: Params, occasion: Occasion): void {
  const { id } = subscription;
  const clock = ref(subscription.test_clock);
  const now = books.now(clock);
  const trial = subscription.trial_end;
  books.emit('customer.subscription.created', subscription);
  const period = periodOf(subscription);
  const extra: LineDraft[] = (params.add_invoice_items ?? []).map((item, i) =>
    priceLine(books, priceOf(books, item, `add_invoice_items[${i}]`), item.quantity ?? 1, now),
  );
  const lines = [...periodLines(books, subscription, period, trial !== null), ...extra];
  schedulePeriod(books, subscription);
  if (subscription.cancel_at !== null && !subscription.cancel_at_period_end) {
    books.schedule(clock, subscription.cancel_at, 'subscription.cancel-at', id);
  }
  if (trial !== null) books.schedule(clock, Math.max(now, trial - 3 * DAY), 'subscription.trial-will-end', id);
  const invoice = invoiceFor(books, subscription, {
    reason: 'subscription_create',
    lines,
    period: trial === null ? { start: now, end: now } : period,
  });
  const open = finalize(books, invoice.id);
  if (open.status === 'paid') {
    // Nothing is due: a free price, a full discount, or a trial.
    if (books.known('subscription', id).status === 'incomplete') books.change('subscription', id, { status: 'active' });
    return;
  }
  if (subscription.collection_method === 'send_invoice') {
    books.change('subscription', id, { status: trial === null ? 'active' : 'trialing' });
    if (open.due_date !== null) books.schedule(clock, open.due_date, 'invoice.overdue', open.id);
    return;
  }
  books.schedule(clock, now + 23 * 3600, 'subscription.incomplete-expires', id);
  if (occasion.leaveOpen === true || params.payment_behavior === 'default_incomplete') return;
  const offSession = params.off_session === true;
  if (params.payment_behavior === 'error_if_incomplete') {
    try {
      pay(books, open.id, { offSession });
    } catch (error) {
      throw withoutEffects(error);
    }
    return;
  }
  collect(books, open.id, offSession);
}

/** The same refusal, with everything undone: nothing was subscribed. */
export function withoutEffects(error: unknown): unknown {
  if (error instanceof Error && 'keepsEffects' in error) {
    return Object.assign(Object.create(Object.getPrototypeOf(error)), error, {
      message: error.message,
      keepsEffects: false,
    });
  }
  return error;
}

function trialOf(params: Params, now: number): number | null {
  if (params.trial_end !== undefined && params.trial_period_days !== undefined) {
    throw invalid('You may only pass one of trial_end and trial_period_days.', 'trial_end');
  }
  if (params.trial_period_days !== undefined) {
    if (params.trial_period_days < 1 || params.trial_period_days > 730) {
      throw invalid('Trials last from 1 to 730 days.', 'trial_period_days', 'parameter_invalid_integer');
    }
    return now + params.trial_period_days * DAY;
  }
  if (params.trial_end === undefined || params.trial_end === 'now') return null;
  const end = Number(params.trial_end);
  if (end <= now) throw invalid('Invalid timestamp: must be in the future.', 'trial_end');
  if (end > now + 730 * DAY) throw invalid('Trials last up to 730 days.', 'trial_end');
  return end;
}

function anchorOf(params: Params, now: number, interval: { interval: string; interval_count: number }): number {
  const anchor = params.billing_cycle_anchor;
  if (anchor === undefined) return now;
  if (anchor < now || anchor > nextBoundary(now, interval, now)) {
    throw invalid('billing_cycle_anchor must be within the first period.', 'billing_cycle_anchor');
  }
  return anchor;
}

/** Prices of one subscription share currency and interval. */
export function checkTogether(prices: readonly Price[]): void {
  const [first] = prices;
  if (first === undefined) return;
  for (const price of prices) planOf(price);
  const interval = intervalOf(first);
  for (const price of prices) {
    if (price.currency !== first.currency) {
      throw invalid('All prices on a subscription must have the same currency.', 'items');
    }
    if (!sameInterval(intervalOf(price), interval)) {
      throw invalid(
        'All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
        'items',
      );
    }
  }
}

function hasOpenBusiness(books: Books, customer: string): boolean {
  return books
    .all('subscription')
    .some((s) => ref(s.customer) === customer && s.status !== 'canceled' && s.status !== 'incomplete_expired');
}

export function ownMethod(books: Books, id: string, customer: string): string {
  const method = methodOf(books, id, 'default_payment_method');
  if (ref(method.customer) !== customer) {
    throw invalid(
      'The customer does not have a payment method with this ID.',
      'default_payment_method',
      'resource_missing',
    );
  }
  return method.id;
}

export function ratesOf(books: Books, ids: '' | null | string[] | undefined): Stripe.TaxRate[] {
  return (ids === undefined || ids === null || ids === '' ? [] : ids).map((id) =>
    books.find('tax_rate', id, 'default_tax_rates'),
  );
}

export function wishes(given: '' | null | Wanted[] | undefined): Wanted[] {
  return given === undefined || given === null || given === '' ? [] : given;
}

/** The shortest interval, in seconds: how far a test clock may go at once depends on it. */
export function shortestInterval(books: Books, clock: string): number | null {
  const lengths = books
    .all('subscription')
    .filter((s) => ref(s.test_clock) === clock && s.ended_at === null)
    .flatMap((s) => s.items.data.map((item) => roughly(intervalOf(item.price))));
  return lengths.length === 0 ? null : Math.min(...lengths);
}
