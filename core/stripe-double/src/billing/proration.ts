import { rounded } from '../money.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { InvoiceItem, Subscription, SubscriptionItem } from '../state/tables.ts';
import { amountOf } from './amounts.ts';
import { periodOf } from './subscriptions.ts';
import { isMetered } from './usage.ts';

/** As Stripe writes it: `22 Dec 2026`. */
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Books what was paid and not used, and what is used from now on, as items of the next invoice. */
export function credits(
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
