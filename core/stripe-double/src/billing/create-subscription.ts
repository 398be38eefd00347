import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { merged } from '../http/metadata.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Subscription } from '../state/tables.ts';
import { redeem } from './discounts.ts';
import { collect, finalize } from './invoices.ts';
import { type LineDraft, priceLine } from './lines.ts';
import { payOrRefuse } from './pay-or-refuse.ts';
import { intervalOf, nextBoundary } from './periods.ts';
import {
  anchorOf,
  checkTogether,
  hasOpenBusiness,
  ownMethod,
  priceOf,
  ratesOf,
  trialOf,
  wishes,
} from './subscription-terms.ts';
import { invoiceFor, itemsList, newItem, periodLines, periodOf, schedulePeriod } from './subscriptions.ts';
import { located } from './tax.ts';

const DAY = 86_400;

type Params = Stripe.SubscriptionCreateParams;

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
        newItem({
          subscription: id,
          price: prices[i] ?? first,
          quantity: item.quantity,
          period: { start: now, end },
          created: now,
          metadata: merged({}, item.metadata),
        }),
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
    payOrRefuse(books, open.id, offSession);
    return;
  }
  collect(books, open.id, offSession);
}
