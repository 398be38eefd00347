import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { merged } from '../http/metadata.ts';
import type { Books } from '../state/books.ts';
import type { Invoice, Subscription, SubscriptionItem } from '../state/tables.ts';
import { intervalOf, nextBoundary, sameInterval } from './periods.ts';
import { credits } from './proration.ts';
import { checkTogether, priceOf } from './subscription-terms.ts';
import { invoiceFor, itemsList, newItem, periodLines, periodOf, schedulePeriod } from './subscriptions.ts';
import { isMetered } from './usage.ts';

type Params = Stripe.SubscriptionUpdateParams;
type ItemChange = NonNullable<Params['items']>[number];

/** Applies changes of items and of the cycle; answers the invoice that is due at once, if one is. */
export function changeItems(books: Books, before: Subscription, params: Params, now: number): Invoice | null {
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
    wasTrialing || isWaiting(before) ? [] : behavior === 'none' ? [] : credits(books, before, after, { date, restart });
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
      items.push(
        newItem({
          subscription: before.id,
          price,
          quantity: change.quantity,
          period: periodOf(before),
          created: now,
          metadata: merged({}, change.metadata),
        }),
      );
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
    const fresh = newItem({
      subscription: before.id,
      price,
      quantity: change.quantity ?? (isMetered(item) ? undefined : item.quantity),
      period: periodOf(before),
      created: item.created,
    });
    items = items.map((one) =>
      one.id === change.id ? { ...fresh, id: item.id, metadata: merged(item.metadata, change.metadata) } : one,
    );
  }
  return items;
}
