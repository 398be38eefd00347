import type Stripe from 'stripe';
import { invalid, notImplemented } from '../http/errors.ts';
import { given, merged } from '../http/metadata.ts';
import { rounded } from '../money.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Invoice, InvoiceItem, Subscription, SubscriptionItem } from '../state/tables.ts';
import { amountOf } from './amounts.ts';
import { checkTogether, ownMethod, priceOf, ratesOf, wishes, withoutEffects } from './create-subscription.ts';
import { redeem } from './discounts.ts';
import { collect, finalize, pay } from './invoices.ts';
import { invoiceItemLine } from './lines.ts';
import { intervalOf, nextBoundary, sameInterval } from './periods.ts';
import { changeSubscription, isOver } from './standing.ts';
import { invoiceFor, itemsList, newItem, periodLines, periodOf, schedulePeriod } from './subscriptions.ts';
import { isMetered } from './usage.ts';

type Params = Stripe.SubscriptionUpdateParams;
type ItemChange = NonNullable<Params['items']>[number];

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
  if (params.payment_behavior === 'pending_if_incomplete')
    throw notImplemented('payment_behavior=pending_if_incomplete');
  const clock = ref(before.test_clock);
  const now = books.now(clock);
  plainFields(books, before, params, now);
  const itemsChange =
    params.items !== undefined || params.trial_end !== undefined || params.billing_cycle_anchor?.type === 'now';
  const invoice = itemsChange ? changeItems(books, books.known('subscription', id), params, now) : null;
  const after = books.known('subscription', id);
  books.emit('customer.subscription.updated', after, before);
  if (invoice !== null) settleChange(books, id, invoice, params);
  return books.known('subscription', id);
}

function plainFields(books: Books, before: Subscription, params: Params, now: number): void {
  const customer = idOf(before.customer as string);
  const patch: Partial<Subscription> = {
    metadata: merged(before.metadata, params.metadata),
    description: given(params.description, before.description),
    collection_method: params.collection_method ?? before.collection_method,
    days_until_due: params.days_until_due ?? before.days_until_due,
    default_tax_rates:
      params.default_tax_rates === undefined
        ? (before.default_tax_rates ?? [])
        : ratesOf(books, params.default_tax_rates),
  };
  if (params.default_payment_method !== undefined) {
    patch.default_payment_method =
      params.default_payment_method === '' ? null : ownMethod(books, params.default_payment_method, customer);
  }
  if (params.automatic_tax !== undefined)
    patch.automatic_tax = { ...before.automatic_tax, enabled: params.automatic_tax.enabled };
  if (params.application_fee_percent !== undefined)
    patch.application_fee_percent = given(params.application_fee_percent, null);
  if (params.payment_settings?.save_default_payment_method !== undefined && before.payment_settings !== null) {
    const save = params.payment_settings.save_default_payment_method;
    patch.payment_settings = { ...before.payment_settings, save_default_payment_method: save };
  }
  if (params.trial_settings !== undefined) {
    const wanted = params.trial_settings.end_behavior.missing_payment_method;
    patch.trial_settings = {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: wanted ?? 'create_invoice' },
    };
  }
  if (params.pause_collection !== undefined) {
    const pause = given(params.pause_collection, null);
    patch.pause_collection = pause === null ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null };
    if (pause?.resumes_at !== undefined)
      books.schedule(ref(before.test_clock), pause.resumes_at, 'subscription.collection-resumes', before.id);
  }
  if (params.discounts !== undefined) {
    patch.discounts = wishes(params.discounts).map((wanted) =>
      wanted.discount !== undefined && before.discounts.includes(wanted.discount)
        ? wanted.discount
        : redeem(books, wanted, { customer, subscription: before.id }).id,
    );
  }
  if (params.cancel_at_period_end !== undefined && params.cancel_at !== undefined) {
    throw invalid('You may only pass one of cancel_at and cancel_at_period_end.', 'cancel_at');
  }
  if (params.cancel_at_period_end === true) {
    Object.assign(patch, { cancel_at_period_end: true, cancel_at: periodOf(before).end, canceled_at: now });
    patch.cancellation_details = cancellation(before, params, 'cancellation_requested');
  } else if (params.cancel_at_period_end === false) {
    Object.assign(patch, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    patch.cancellation_details = cancellation(before, params, null);
  } else if (params.cancel_at !== undefined) cancelAt(books, before, params, patch, now);
  else if (params.cancellation_details !== undefined)
    patch.cancellation_details = cancellation(before, params, before.cancellation_details?.reason ?? null);
  books.change('subscription', before.id, patch);
}

function cancelAt(books: Books, before: Subscription, params: Params, patch: Partial<Subscription>, now: number): void {
  const wanted = given(params.cancel_at, null);
  if (wanted === null) {
    Object.assign(patch, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    patch.cancellation_details = cancellation(before, params, null);
    return;
  }
  const at = typeof wanted === 'number' ? wanted : periodOf(before).end;
  if (at <= now) throw invalid('cancel_at must be in the future.', 'cancel_at');
  Object.assign(patch, { cancel_at: at, cancel_at_period_end: false, canceled_at: now });
  patch.cancellation_details = cancellation(before, params, 'cancellation_requested');
  books.schedule(ref(before.test_clock), at, 'subscription.cancel-at', before.id);
}

function cancellation(
  before: Subscription,
  params: Params,
  reason: Stripe.Subscription.CancellationDetails.Reason | null,
): Stripe.Subscription.CancellationDetails {
  const details = params.cancellation_details;
  return {
    comment: given(details?.comment, before.cancellation_details?.comment ?? null),
    feedback: given(details?.feedback, before.cancellation_details?.feedback ?? null),
    feedback_option: null,
    reason,
  };
}

/** Applies changes of items and of the cycle; answers the invoice that is due at once, if one is. */
function changeItems(books: Books, before: Subscription, params: Params, now: number): Invoice | null {
  const period = periodOf(before);
  const items = changed(books, before, params.items ?? [], now);
  if (items.length === 0) throw invalid('A subscription must have at least one item.', 'items');
  checkTogether(items.map((item) => item.price));
  const [first] = items;
  const [former] = before.items.data;
  if (first === undefined || former === undefined)
    throw invalid('A subscription must have at least one item.', 'items');
  const interval = intervalOf(first.price);
  const trialEnd =
    params.trial_end === undefined ? before.trial_end : params.trial_end === 'now' ? now : params.trial_end;
  const trialing = trialEnd !== null && trialEnd > now;
  const wasTrialing = before.status === 'trialing';
  if (params.trial_end !== undefined && params.trial_end !== 'now' && !trialing) {
    throw invalid('Invalid timestamp: must be in the future.', 'trial_end');
  }
  const restart =
    !trialing &&
    ((wasTrialing && params.trial_end !== undefined) ||
      params.billing_cycle_anchor?.type === 'now' ||
      !sameInterval(interval, intervalOf(former.price)));
  const span = trialing
    ? { start: period.start, end: trialEnd }
    : restart
      ? { start: now, end: nextBoundary(now, interval, now) }
      : period;
  const moved = items.map((item) => ({ ...item, current_period_start: span.start, current_period_end: span.end }));
  const after = books.change('subscription', before.id, {
    items: itemsList(before.id, moved),
    billing_cycle_anchor: trialing ? trialEnd : restart ? now : before.billing_cycle_anchor,
    trial_end: trialEnd,
    trial_start: trialing ? (before.trial_start ?? now) : before.trial_start,
    ...(trialing && !isWaiting(before) ? { status: 'trialing' as const } : {}),
    ...(wasTrialing && !trialing ? { status: 'active' as const } : {}),
    ...(before.cancel_at_period_end ? { cancel_at: span.end } : {}),
  });
  if (span.end !== period.end) schedulePeriod(books, after);
  const behavior = params.proration_behavior ?? 'create_prorations';
  const date = params.proration_date ?? now;
  if (date < period.start || date > period.end)
    throw invalid('proration_date must be within the current period.', 'proration_date');
  const unused =
    wasTrialing || isWaiting(before) ? [] : behavior === 'none' ? [] : credits(books, before, after, date, restart);
  if (!restart && behavior !== 'always_invoice') return null;
  if (!restart && unused.length === 0) return null;
  return invoiceFor(books, after, {
    reason: 'subscription_update',
    lines: restart ? periodLines(books, after, span) : [],
    period: { start: now, end: now },
  });
}

function isWaiting(subscription: Subscription): boolean {
  return subscription.status === 'incomplete';
}

function changed(books: Books, before: Subscription, changes: ItemChange[], now: number): SubscriptionItem[] {
  let items = [...before.items.data];
  for (const [i, change] of changes.entries()) {
    if (change.id === undefined) {
      const price = priceOf(books, change, `items[${i}]`);
      if (items.some((item) => item.price.id === price.id)) {
        throw invalid(`Cannot add multiple subscription items with the same price: ${price.id}`, `items[${i}][price]`);
      }
      items.push(newItem(before.id, price, change.quantity, periodOf(before), now, merged({}, change.metadata)));
      continue;
    }
    const item = items.find(({ id }) => id === change.id);
    if (item === undefined)
      throw invalid(`No such subscription_item: '${change.id}'`, `items[${i}][id]`, 'resource_missing');
    if (change.deleted === true) {
      items = items.filter(({ id }) => id !== change.id);
      continue;
    }
    const price =
      change.price === undefined && change.price_data === undefined
        ? item.price
        : priceOf(books, change, `items[${i}]`);
    const fresh = newItem(
      before.id,
      price,
      change.quantity ?? (isMetered(item) ? undefined : item.quantity),
      periodOf(before),
      item.created,
    );
    items = items.map((one) =>
      one.id === change.id ? { ...fresh, id: item.id, metadata: merged(item.metadata, change.metadata) } : one,
    );
  }
  return items;
}

/** Books what was paid and not used, and what is used from now on, as items of the next invoice. */
function credits(
  books: Books,
  before: Subscription,
  after: Subscription,
  date: number,
  restart: boolean,
): InvoiceItem[] {
  const { start, end } = periodOf(before);
  const left = end === start ? 0 : (end - date) / (end - start);
  const made: InvoiceItem[] = [];
  for (const item of before.items.data) {
    const now = after.items.data.find(({ id }) => id === item.id);
    const same = now !== undefined && now.price.id === item.price.id && now.quantity === item.quantity;
    if (isMetered(item) || (same && !restart)) continue;
    const amount = -rounded(amountOf(item.price, item.quantity ?? 1) * left);
    made.push(proration(books, before, item, amount, { start: date, end }, 'Unused time on'));
  }
  if (restart) return made;
  for (const item of after.items.data) {
    const was = before.items.data.find(({ id }) => id === item.id);
    const same = was !== undefined && was.price.id === item.price.id && was.quantity === item.quantity;
    if (isMetered(item) || same) continue;
    const amount = rounded(amountOf(item.price, item.quantity ?? 1) * left);
    made.push(proration(books, before, item, amount, { start: date, end }, 'Remaining time on'));
  }
  return made;
}

function proration(
  books: Books,
  subscription: Subscription,
  item: SubscriptionItem,
  amount: number,
  period: { start: number; end: number },
  words: string,
): InvoiceItem {
  const product = idOf(item.price.product as string);
  const name = books.get('product', product)?.name ?? 'product';
  const day = new Date(period.start * 1000).toISOString().slice(0, 10);
  const made = books.insert('invoiceitem', {
    id: newId('ii'),
    object: 'invoiceitem',
    amount,
    currency: item.price.currency,
    customer: idOf(subscription.customer as string),
    customer_account: null,
    date: period.start,
    description: `${words} ${item.quantity ?? 1} × ${name} after ${day}`,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: 'subscription_details',
    },
    period,
    pricing: {
      price_details: { price: item.price.id, product },
      type: 'price_details',
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    proration: true,
    quantity: item.quantity ?? 1,
    quantity_decimal: String(item.quantity ?? 1),
    tax_rates: [],
    test_clock: ref(subscription.test_clock),
  });
  books.emit('invoiceitem.created', made);
  return made;
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
  try {
    pay(books, open.id, { offSession });
  } catch (error) {
    throw withoutEffects(error);
  }
}

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
    const made = credits(books, subscription, none, now, false);
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
