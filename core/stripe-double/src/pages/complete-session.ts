import { voidInvoice } from '../billing/invoices.ts';
import { expireIncomplete } from '../billing/subscriptions.ts';
import { type Books, ref } from '../state/books.ts';
import type { CheckoutSession } from '../state/tables.ts';

/** The session is done: paid, set up, or on its way. */
export function complete(books: Books, id: string): CheckoutSession {
  const before = books.known('checkout.session', id);
  if (before.status !== 'open') return before;
  const invoice = books.get('invoice', ref(before.invoice) ?? '');
  const intent = books.get('payment_intent', ref(before.payment_intent) ?? '');
  const customer = books.get('customer', ref(before.customer) ?? '');
  const method = books.get('payment_method', ref(intent?.payment_method ?? null) ?? '');
  const waiting = intent?.status === 'processing';
  const total = invoice === undefined ? before.amount_total : invoice.total;
  const email = customer?.email ?? method?.billing_details.email ?? before.customer_email;
  const session = books.change('checkout.session', id, {
    status: 'complete',
    url: null,
    ...(invoice === undefined
      ? {}
      : {
          amount_subtotal: invoice.subtotal,
          amount_total: invoice.total,
          total_details: {
            amount_discount: (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0),
            amount_shipping: 0,
            amount_tax: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
          },
        }),
    automatic_tax: before.automatic_tax.enabled
      ? { ...before.automatic_tax, status: 'complete' }
      : before.automatic_tax,
    payment_status: waiting ? 'unpaid' : before.mode === 'setup' || total === 0 ? 'no_payment_required' : 'paid',
    customer_details: {
      address: customer?.address ?? method?.billing_details.address ?? null,
      business_name: null,
      email,
      individual_name: null,
      name: customer?.name ?? method?.billing_details.name ?? null,
      phone: null,
      tax_exempt: (customer?.tax_exempt ?? 'none') as 'none',
      tax_ids: [],
    },
  });
  books.emit('checkout.session.completed', session);
  return session;
}

/** An intent of a session went through: the session is complete, or its late payment has come. */
export function sessionIntentSucceeded(books: Books, intent: string): void {
  const id = books.linked(`session:${intent}`);
  if (id === undefined) return;
  const session = books.known('checkout.session', id);
  if (session.status === 'open') complete(books, id);
  else if (session.payment_status === 'unpaid') {
    const paid = books.change('checkout.session', id, { payment_status: 'paid' });
    books.emit('checkout.session.async_payment_succeeded', paid);
  }
}

/** An intent of a session failed: a subscription that began for it is no more, and the session stays open. */
export function sessionIntentFailed(books: Books, intent: string): void {
  const id = books.linked(`session:${intent}`);
  if (id === undefined) return;
  const session = books.known('checkout.session', id);
  if (session.status === 'complete' && session.payment_status === 'unpaid') {
    books.emit('checkout.session.async_payment_failed', session);
  } else if (session.subscription !== null) {
    expireIncomplete(books, ref(session.subscription) ?? '');
    const invoice = ref(session.invoice) ?? '';
    if (books.get('invoice', invoice)?.status === 'open') voidInvoice(books, invoice);
    books.change('checkout.session', id, { subscription: null, invoice: null });
  }
}
