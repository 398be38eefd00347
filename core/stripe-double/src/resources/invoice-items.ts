import type Stripe from 'stripe';
import { amountOf } from '../billing/amounts.ts';
import { withSums } from '../billing/draft-invoice.ts';
import { invoiceItemLine, numbered } from '../billing/lines.ts';
import { type Call, paramsOf } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { merged } from '../http/metadata.ts';
import { checkedCurrency, timesDecimal } from '../money.ts';
import { idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { InvoiceItem } from '../state/tables.ts';

/** A line for a customer's next invoice, or for a draft that is named. */
export function createItem(call: Call): InvoiceItem {
  const params = paramsOf<Stripe.InvoiceItemCreateParams>(call);
  const { books } = call;
  const customer = books.find('customer', params.customer ?? '', 'customer');
  const now = books.now(ref(customer.test_clock));
  const price =
    params.pricing?.price === undefined ? null : books.find('price', params.pricing.price, 'pricing[price]');
  const decimal = params.unit_amount_decimal as unknown as string | undefined;
  const quantity = params.quantity ?? 1;
  const amount =
    params.amount ??
    (decimal !== undefined ? timesDecimal(decimal, quantity) : price === null ? undefined : amountOf(price, quantity));
  if (amount === undefined)
    throw invalid('You must pass either amount, unit_amount_decimal or pricing.', 'amount', 'parameter_missing');
  const currency = price?.currency ?? checkedCurrency(params.currency ?? customer.currency ?? '');
  const draft = params.invoice === undefined ? undefined : books.find('invoice', params.invoice, 'invoice');
  if (draft !== undefined && draft.status !== 'draft') {
    throw invalid('The invoice is no draft any more.', 'invoice', 'invoice_not_editable');
  }
  const subscription = params.subscription;
  if (subscription !== undefined) books.find('subscription', subscription, 'subscription');
  const item = books.insert('invoiceitem', {
    id: newId('ii'),
    object: 'invoiceitem',
    amount,
    currency,
    customer: customer.id,
    customer_account: null,
    date: now,
    description: params.description ?? null,
    discountable: params.discountable ?? amount > 0,
    discounts: [],
    invoice: draft?.id ?? null,
    livemode: false,
    metadata: merged({}, params.metadata),
    parent:
      subscription === undefined ? null : { subscription_details: { subscription }, type: 'subscription_details' },
    period: params.period ?? { start: now, end: now },
    pricing:
      price === null
        ? null
        : {
            price_details: { price: price.id, product: idOf(price.product as string) },
            type: 'price_details',
            unit_amount_decimal: price.unit_amount_decimal,
          },
    proration: false,
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: ref(customer.test_clock),
  });
  books.emit('invoiceitem.created', item);
  if (draft !== undefined) {
    const added = numbered(draft.id, [invoiceItemLine(item)]).data;
    const lines = { ...draft.lines, data: [...draft.lines.data, ...added] };
    books.change('invoice', draft.id, withSums(books, { ...draft, lines }));
  }
  return item;
}
