import { invoiceIncludes } from '../billing/invoices.ts';
import { lineItems } from '../resources/checkout-session.ts';
import { customerIncludes } from '../resources/customers.ts';
import { ref } from '../state/books.ts';
import type { Includable } from './expand.ts';
import { listOf } from './list.ts';

/** Fields that Stripe shows only when they are asked for. */
export const INCLUDABLE: Includable = {
  customer: {
    tax_ids: (customer, books) => customerIncludes(books, String(customer.id)).tax_ids,
    subscriptions: (customer, books) => customerIncludes(books, String(customer.id)).subscriptions,
  },
  price: { tiers: (price, books) => books.get('price', String(price.id))?.tiers ?? null },
  'checkout.session': {
    line_items: (session, books) => lineItems(books, books.known('checkout.session', String(session.id))),
  },
  invoice: {
    payments: (invoice, books) => invoiceIncludes(books, String(invoice.id)).payments,
    confirmation_secret: (invoice, books) => invoiceIncludes(books, String(invoice.id)).confirmation_secret,
  },
  refund: { failure_balance_transaction: () => undefined },
  charge: {
    refunds: (charge, books) =>
      listOf(
        `/v1/charges/${String(charge.id)}/refunds`,
        books.all('refund').filter((refund) => ref(refund.charge) === charge.id),
      ),
  },
};
