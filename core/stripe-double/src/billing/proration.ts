import { rounded } from '../money.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Invoice, InvoiceItem, InvoiceLine, Subscription, SubscriptionItem } from '../state/tables.ts';
import { discounted, running } from './discounts.ts';
import { itemLine } from './lines.ts';
import { subscriptionOf } from './standing.ts';
import { periodOf } from './subscriptions.ts';
import { isMetered } from './usage.ts';

/** As Stripe writes it: `22 Dec 2026`. */
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** What an item costs in a whole period, less what its share of the discounts is. */
function netOf(books: Books, subscription: Subscription, item: SubscriptionItem, discounts: readonly string[]): number {
  const items = subscription.items.data.filter((one) => !isMetered(one));
  const lines = items.map((one) => ({
    ...itemLine(books, subscription, one, periodOf(subscription), one.quantity ?? 1),
    id: one.id,
    invoice: '',
  }));
  const line = discounted(books, lines, discounts).find(({ id }) => id === item.id);
  if (line === undefined) return 0;
  return (line.discount_amounts ?? []).reduce((left, { amount }) => left - amount, line.amount);
}

/** Those with which an item was charged last, though a coupon that applies once may have been spent by that. */
function chargedWith(books: Books, subscription: Subscription, item: SubscriptionItem, date: number): string[] {
  const chargeIn = (invoice: Invoice) => invoice.lines.data.find((line) => isCharge(line, item));
  const charged = books
    .all('invoice')
    .filter((invoice) => invoice.status !== 'void' && subscriptionOf(invoice) === subscription.id)
    .findLast((invoice) => chargeIn(invoice) !== undefined);
  const inPeriod = charged && chargeIn(charged)?.parent?.subscription_item_details?.proration === true;
  // A charge in the middle of a period had the subscription's own taken off.
  return charged === undefined || inPeriod ? running(books, subscription.discounts, date) : charged.discounts;
}

function isCharge({ amount, parent }: InvoiceLine, item: SubscriptionItem): boolean {
  return amount > 0 && parent?.subscription_item_details?.subscription_item === item.id;
}

/**
 * Books what was paid and not used, and what is used from now on, as items of the next invoice. Their amounts are what
 * is left after discounts; none applies to them once more.
 */
export function credits(
  books: Books,
  before: Subscription,
  after: Subscription,
  { date, restart }: { date: number; restart: boolean },
): InvoiceItem[] {
  const { start, end } = periodOf(before);
  const left = end === start ? 0 : (end - date) / (end - start);
  const made: InvoiceItem[] = [];
  for (const item of before.items.data) {
    const now = after.items.data.find(({ id }) => id === item.id);
    const same = now !== undefined && now.price.id === item.price.id && now.quantity === item.quantity;
    if (isMetered(item) || (same && !restart)) continue;
    const paid = netOf(books, before, item, chargedWith(books, before, item, date));
    const amount = -rounded(paid * left);
    made.push(proration(books, before, item, { amount, period: { start: date, end }, words: 'Unused time on' }));
  }
  if (restart) return made;
  for (const item of after.items.data) {
    const was = before.items.data.find(({ id }) => id === item.id);
    const same = was !== undefined && was.price.id === item.price.id && was.quantity === item.quantity;
    if (isMetered(item) || same) continue;
    const amount = rounded(netOf(books, after, item, running(books, after.discounts, date)) * left);
    made.push(proration(books, before, item, { amount, period: { start: date, end }, words: 'Remaining time on' }));
  }
  return made;
}

function proration(
  books: Books,
  subscription: Subscription,
  item: SubscriptionItem,
  { amount, period, words }: { amount: number; period: { start: number; end: number }; words: string },
): InvoiceItem {
  const product = idOf(item.price.product as string);
  const name = books.get('product', product)?.name ?? 'product';
  const day = DAY.format(period.start * 1000);
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
