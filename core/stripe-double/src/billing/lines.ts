import { listOf } from '../http/list.ts';
import { shownAmount } from '../money.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type {
  Invoice,
  InvoiceItem,
  InvoiceLine,
  ListOf,
  Price,
  Subscription,
  SubscriptionItem,
} from '../state/tables.ts';
import { amountOf } from './amounts.ts';
import { discounted } from './discounts.ts';
import { automaticRate, manualRate, type Rate, taxesOf } from './tax.ts';

/** A line that is not on an invoice yet. */
export type LineDraft = Omit<InvoiceLine, 'id' | 'invoice'>;

const BLANK = {
  object: 'line_item' as const,
  discount_amounts: [],
  discountable: true,
  discounts: [],
  livemode: false,
  metadata: {},
  pretax_credit_amounts: [],
  taxes: [],
};

function productName(books: Books, price: Price): string {
  return books.get('product', idOf(price.product as string))?.name ?? 'Product';
}

function pricingOf(price: Price): InvoiceLine['pricing'] {
  return {
    price_details: { price: price.id, product: idOf(price.product as string) },
    type: 'price_details',
    unit_amount_decimal: price.unit_amount_decimal,
  };
}

/** `2 × Job board (at €10.00 / month)` */
function described(books: Books, price: Price, quantity: number): string {
  const { recurring } = price;
  const each = price.unit_amount === null ? 'tiered' : shownAmount(price.unit_amount, price.currency);
  const per =
    recurring === null
      ? ''
      : ` / ${recurring.interval_count > 1 ? `${recurring.interval_count} ` : ''}${recurring.interval}`;
  return `${quantity} × ${productName(books, price)} (at ${each}${per})`;
}

/** A subscription's item for a period: paid ahead, or for metered ones what was used in it. */
export function itemLine(
  books: Books,
  subscription: Subscription,
  item: SubscriptionItem,
  period: { start: number; end: number },
  quantity: number,
  trial = false,
): LineDraft {
  const amount = trial ? 0 : amountOf(item.price, quantity);
  return {
    ...BLANK,
    amount,
    subtotal: amount,
    currency: item.price.currency,
    description: trial ? `Trial period for ${productName(books, item.price)}` : described(books, item.price, quantity),
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
    period,
    pricing: pricingOf(item.price),
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
  };
}

/** What a one-time price costs, as a line of a checkout or invoice. */
export function priceLine(books: Books, price: Price, quantity: number, at: number): LineDraft {
  const amount = amountOf(price, quantity);
  return {
    ...BLANK,
    amount,
    subtotal: amount,
    currency: price.currency,
    description: productName(books, price),
    parent: null,
    period: { start: at, end: at },
    pricing: pricingOf(price),
    quantity,
    quantity_decimal: String(quantity),
    subscription: null,
  };
}

export function invoiceItemLine(item: InvoiceItem): LineDraft {
  const subscription = item.parent?.subscription_details?.subscription ?? null;
  const subscriptionItem = item.parent?.subscription_details?.subscription_item;
  return {
    ...BLANK,
    amount: item.amount,
    subtotal: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    metadata: item.metadata ?? {},
    parent:
      subscriptionItem === undefined
        ? {
            invoice_item_details: {
              invoice_item: item.id,
              proration: item.proration,
              proration_details: { credited_items: null },
              subscription,
            },
            subscription_item_details: null,
            type: 'invoice_item_details',
          }
        : {
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: item.id,
              proration: item.proration,
              proration_details: { credited_items: null },
              subscription,
              subscription_item: subscriptionItem,
            },
            type: 'subscription_item_details',
          },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription,
  };
}

export function numbered(invoice: string, drafts: readonly LineDraft[]): ListOf<InvoiceLine> {
  const lines = drafts.map((draft): InvoiceLine => ({ ...draft, id: newId('il'), invoice }));
  return listOf(`/v1/invoices/${invoice}/lines`, lines);
}

type Totals = Pick<
  Invoice,
  | 'lines'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_excluding_tax'
  | 'total_discount_amounts'
  | 'total_taxes'
  | 'automatic_tax'
>;

/** An invoice's sums: lines, less discounts, with taxes. */
export function totals(
  books: Books,
  invoice: Pick<Invoice, 'lines' | 'discounts' | 'customer' | 'automatic_tax' | 'default_tax_rates'>,
): Totals {
  const customer = books.get('customer', ref(invoice.customer) ?? '');
  const automatic = invoice.automatic_tax.enabled && customer !== undefined;
  const manual = invoice.default_tax_rates.map(manualRate);
  const ratesOf = (line: InvoiceLine): Rate[] => {
    if (!automatic) return manual;
    const price = books.get('price', line.pricing?.price_details?.price ?? '');
    const rate = automaticRate(books, customer, price?.tax_behavior === 'inclusive');
    return rate === undefined ? [] : [rate];
  };
  const lines = discounted(books, invoice.lines.data, invoice.discounts).map((line): InvoiceLine => {
    const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
    return { ...line, taxes: taxesOf(line.amount - off, ratesOf(line)) };
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const subtotal = sum(lines.map((line) => line.amount));
  const discounts = lines.flatMap((line) => line.discount_amounts ?? []);
  const included = sum(taxes.filter((tax) => tax.tax_behavior === 'inclusive').map((tax) => tax.amount));
  const added = sum(taxes.filter((tax) => tax.tax_behavior === 'exclusive').map((tax) => tax.amount));
  const total = subtotal - sum(discounts.map(({ amount }) => amount)) + added;
  const byRate = new Map<string, NonNullable<Invoice['total_taxes']>[number]>();
  for (const tax of taxes) {
    const key = tax.tax_rate_details?.tax_rate ?? '';
    const before = byRate.get(key);
    byRate.set(key, {
      ...tax,
      amount: tax.amount + (before?.amount ?? 0),
      taxable_amount: (tax.taxable_amount ?? 0) + (before?.taxable_amount ?? 0),
    });
  }
  const unlocated = automatic && (customer.address?.country ?? null) === null;
  return {
    lines: { ...invoice.lines, data: lines },
    subtotal,
    subtotal_excluding_tax: subtotal - included,
    total,
    total_excluding_tax: total - included - added,
    total_discount_amounts: invoice.discounts.map((discount) => ({
      amount: sum(discounts.filter((part) => part.discount === discount).map(({ amount }) => amount)),
      discount,
    })),
    total_taxes: [...byRate.values()],
    automatic_tax: automatic
      ? { ...invoice.automatic_tax, status: unlocated ? 'requires_location_inputs' : 'complete' }
      : invoice.automatic_tax,
  };
}
