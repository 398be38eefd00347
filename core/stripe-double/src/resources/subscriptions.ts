import type Stripe from 'stripe';
import { cancelNow } from '../billing/cancel-now.ts';
import { updateSubscription } from '../billing/change-subscription.ts';
import { createSubscription } from '../billing/create-subscription.ts';
import { collect, finalize } from '../billing/invoices.ts';
import { intervalOf, nextBoundary } from '../billing/periods.ts';
import { changeSubscription, endSubscription, isOver } from '../billing/standing.ts';
import { expireIncomplete, invoiceFor, itemsList, periodLines, schedulePeriod } from '../billing/subscriptions.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid, missing } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { PAGED, route } from '../http/route.ts';
import { type Books, ref } from '../state/books.ts';
import type { Subscription, SubscriptionItem } from '../state/tables.ts';

const TERMS = `application_fee_percent automatic_tax.enabled cancel_at cancel_at_period_end collection_method days_until_due
  default_payment_method default_tax_rates description discounts off_session payment_behavior proration_behavior
  payment_settings.save_default_payment_method trial_end trial_settings.end_behavior.missing_payment_method`;
const ITEM = 'items.price items.price_data items.quantity items.metadata';

function find(call: Call): Subscription {
  return call.books.find('subscription', pathId(call));
}

function list(call: Call): object {
  const params = paramsOf<Stripe.SubscriptionListParams>(call);
  const status = params.status;
  const found = call.books.all('subscription').filter((s) => {
    if (params.customer !== undefined && ref(s.customer) !== params.customer) return false;
    if (params.price !== undefined && !s.items.data.some((item) => item.price.id === params.price)) return false;
    if (params.test_clock !== undefined && ref(s.test_clock) !== params.test_clock) return false;
    if (params.collection_method !== undefined && s.collection_method !== params.collection_method) return false;
    // Without `customer` or `test_clock`, what lives on test clocks is not listed.
    if (params.customer === undefined && params.test_clock === undefined && s.test_clock !== null) return false;
    if (status === undefined) return s.status !== 'canceled' && s.status !== 'incomplete_expired';
    if (status === 'ended') return isOver(s);
    return status === 'all' || s.status === status;
  });
  return page(call, found);
}

/** Goes on with a paused subscription: a new period begins and is billed. */
function resume(call: Call): Subscription {
  const { books } = call;
  const before = find(call);
  if (before.status !== 'paused') throw invalid('Only paused subscriptions can be resumed.', 'id');
  const now = books.now(ref(before.test_clock));
  const items = before.items.data.map((item) => ({
    ...item,
    current_period_start: now,
    current_period_end: nextBoundary(now, intervalOf(item.price), now),
  }));
  const current = books.change('subscription', before.id, {
    items: itemsList(before.id, items),
    billing_cycle_anchor: now,
    status: 'active',
  });
  schedulePeriod(books, current);
  const span = { start: now, end: items[0]?.current_period_end ?? now };
  const invoice = invoiceFor(books, current, {
    reason: 'subscription_cycle',
    lines: periodLines(books, current, span),
    period: { start: now, end: now },
  });
  if (finalize(books, invoice.id).status === 'open') collect(books, invoice.id);
  const after = books.known('subscription', before.id);
  books.emit('customer.subscription.resumed', after, before);
  return after;
}

function itemOf(books: Books, id: string): { subscription: Subscription; item: SubscriptionItem } {
  for (const subscription of books.all('subscription')) {
    const item = subscription.items.data.find((one) => one.id === id);
    if (item !== undefined) return { subscription, item };
  }
  throw missing('subscription_item', id);
}

type ItemParams = Pick<
  Stripe.SubscriptionItemUpdateParams,
  'payment_behavior' | 'proration_behavior' | 'proration_date' | 'off_session'
>;

function behaviours(params: ItemParams): Stripe.SubscriptionUpdateParams {
  const { payment_behavior, proration_behavior, proration_date, off_session } = params;
  return {
    ...(payment_behavior === undefined ? {} : { payment_behavior }),
    ...(proration_behavior === undefined ? {} : { proration_behavior }),
    ...(proration_date === undefined ? {} : { proration_date }),
    ...(off_session === undefined ? {} : { off_session }),
  };
}

const HOW = 'payment_behavior proration_behavior proration_date';

export const SUBSCRIPTIONS: readonly RouteDefinition[] = [
  route(
    'POST /v1/subscriptions',
    `${TERMS} ${ITEM} customer billing_cycle_anchor trial_period_days transfer_data add_invoice_items.price
     add_invoice_items.price_data add_invoice_items.quantity currency`,
    (call) => createSubscription(call.books, paramsOf<Stripe.SubscriptionCreateParams>(call)),
  ),
  route('GET /v1/subscriptions/{}', '', find),
  route(
    'POST /v1/subscriptions/{}',
    `${TERMS} ${ITEM} items.id items.deleted billing_cycle_anchor cancellation_details.comment
     cancellation_details.feedback pause_collection proration_date`,
    (call) => updateSubscription(call.books, find(call).id, paramsOf<Stripe.SubscriptionUpdateParams>(call)),
  ),
  route(
    'DELETE /v1/subscriptions/{}',
    'cancellation_details.comment cancellation_details.feedback invoice_now prorate',
    (call) => {
      const { books } = call;
      const subscription = find(call);
      if (isOver(subscription)) throw missing('subscription', subscription.id);
      if (subscription.status === 'incomplete') return expireIncomplete(books, subscription.id) ?? subscription;
      const params = paramsOf<Stripe.SubscriptionCancelParams>(call);
      return cancelNow(books, subscription.id, params, (details) =>
        endSubscription(books, subscription.id, 'cancellation_requested', details),
      );
    },
  ),
  route('GET /v1/subscriptions', `${PAGED} collection_method created customer price status test_clock`, list),
  route('POST /v1/subscriptions/{}/resume', '', resume),
  route('DELETE /v1/subscriptions/{}/discount', '', (call) => {
    const subscription = find(call);
    const id = subscription.discounts[0];
    if (id === undefined) throw invalid('This subscription has no discount.', 'id', 'resource_missing');
    const discount = call.books.known('discount', id);
    changeSubscription(call.books, subscription.id, { discounts: subscription.discounts.slice(1) });
    call.books.emit('customer.discount.deleted', discount);
    return { ...discount, deleted: true };
  }),
  route('GET /v1/subscription_items', `${PAGED} subscription`, (call) => {
    const { subscription } = paramsOf<Stripe.SubscriptionItemListParams>(call);
    return page(call, call.books.find('subscription', subscription, 'subscription').items.data);
  }),
  route('GET /v1/subscription_items/{}', '', (call) => itemOf(call.books, pathId(call)).item),
  route('POST /v1/subscription_items', `${HOW} subscription price price_data quantity`, (call) => {
    const params = paramsOf<Stripe.SubscriptionItemCreateParams>(call);
    const { books } = call;
    const subscription = books.find('subscription', params.subscription, 'subscription');
    const { price, price_data: data, quantity } = params;
    const item = {
      ...(price === undefined ? {} : { price }),
      ...(data === undefined ? {} : { price_data: data }),
      ...(quantity === undefined ? {} : { quantity }),
    };
    const after = updateSubscription(books, subscription.id, { items: [item], ...behaviours(params) });
    return after.items.data.at(-1) ?? {};
  }),
  route('POST /v1/subscription_items/{}', `${HOW} off_session price price_data quantity`, (call) => {
    const params = paramsOf<Stripe.SubscriptionItemUpdateParams>(call);
    const { subscription, item } = itemOf(call.books, pathId(call));
    const { price, price_data: data, quantity, metadata } = params;
    const change = {
      id: item.id,
      ...(price === undefined ? {} : { price }),
      ...(data === undefined ? {} : { price_data: data }),
      ...(quantity === undefined ? {} : { quantity }),
      ...(metadata === undefined ? {} : { metadata }),
    };
    updateSubscription(call.books, subscription.id, { items: [change], ...behaviours(params) });
    return itemOf(call.books, item.id).item;
  }),
  route('DELETE /v1/subscription_items/{}', HOW, (call) => {
    const params = paramsOf<Stripe.SubscriptionItemDeleteParams>(call);
    const { subscription, item } = itemOf(call.books, pathId(call));
    updateSubscription(call.books, subscription.id, { items: [{ id: item.id, deleted: true }], ...behaviours(params) });
    return { id: item.id, object: 'subscription_item', deleted: true };
  }),
];
