import { invalid, StripeError } from '../http/errors.ts';
import { listOf } from '../http/list.ts';
import { LEAST_CHARGE } from '../money.ts';
import { cancelIntent, confirm, newIntent } from '../payments/intents.ts';
import { adjustBalance } from '../resources/customer-balance.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Invoice } from '../state/tables.ts';
import { type InvoiceTerms, withSums } from './draft-invoice.ts';
import { invoicePaid, invoiceUnpaid, invoiceVoided, subscriptionOf } from './standing.ts';

const DAY = 86_400;

/** Gives a draft its number and makes it payable; what nothing is due of is paid at once. */
export function finalize(books: Books, id: string): Invoice {
  const before = books.known('invoice', id);
  if (before.status !== 'draft') throw invalid('This invoice is already finalized.', 'id', 'invoice_not_editable');
  const customer = books.known('customer', ref(before.customer) ?? '');
  const now = books.now(ref(before.test_clock));
  const summed = withSums(books, { ...before, starting_balance: customer.balance });
  if (summed.automatic_tax.status === 'requires_location_inputs') {
    throw invalid(
      "The customer's location isn't recognized. Set a valid address.",
      'automatic_tax',
      'customer_tax_location_invalid',
    );
  }
  const sequence = customer.next_invoice_sequence ?? 1;
  books.change('customer', customer.id, {
    next_invoice_sequence: sequence + 1,
    currency: customer.currency ?? before.currency,
  });
  const tooSmall = summed.amount_due > 0 && summed.amount_due < LEAST_CHARGE;
  const owed = summed.total + customer.balance;
  const ending = tooSmall ? owed : Math.min(0, owed);
  if (ending !== customer.balance) {
    adjustBalance(books, customer.id, ending - customer.balance, before.currency, 'applied_to_invoice', {
      invoice: id,
    });
  }
  const due = tooSmall ? 0 : summed.amount_due;
  let invoice = books.change('invoice', id, {
    ...summed,
    amount_due: due,
    amount_remaining: due,
    automatically_finalizes_at: null,
    effective_at: now,
    ending_balance: ending,
    hosted_invoice_url: `${books.rules.origin}/invoices/${id}`,
    invoice_pdf: `${books.rules.origin}/invoices/${id}/pdf`,
    number: `${customer.invoice_prefix ?? 'DOUBLE'}-${String(sequence).padStart(4, '0')}`,
    status: 'open',
    status_transitions: { ...before.status_transitions, finalized_at: now },
  });
  if (due > 0) invoice = withIntent(books, invoice);
  books.emit('invoice.finalized', invoice);
  return due === 0 ? markPaid(books, id, 0) : invoice;
}

function withIntent(books: Books, invoice: Invoice): Invoice {
  const customer = ref(invoice.customer) ?? '';
  const fee = JSON.parse(books.linked(`fee:${invoice.id}`) ?? 'null') as InvoiceTerms['fee'] | null;
  const intent = newIntent(books, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer,
    description: subscriptionOf(invoice) === null ? `Invoice ${invoice.number ?? ''}` : 'Subscription update',
    application_fee_amount: fee?.amount ?? null,
    transfer_data: fee?.destination == null ? null : { destination: fee.destination },
    setup_future_usage: subscriptionOf(invoice) === null ? null : 'off_session',
  });
  const now = books.now(ref(invoice.test_clock));
  const payment = books.insert('invoice_payment', {
    id: newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.id, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  books.link(`intent:${intent.id}`, invoice.id);
  books.link(`invoice:${invoice.id}`, intent.id);
  books.link(`payment:${invoice.id}`, payment.id);
  return books.known('invoice', invoice.id);
}

export function markPaid(books: Books, id: string, amount: number, outOfBand = false): Invoice {
  const before = books.known('invoice', id);
  const now = books.now(ref(before.test_clock));
  const invoice = books.change('invoice', id, {
    amount_paid: outOfBand ? 0 : amount,
    amount_remaining: 0,
    attempted: true,
    attempt_count: amount > 0 && !outOfBand ? before.attempt_count + 1 : before.attempt_count,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...before.status_transitions, paid_at: now },
  });
  const payment = books.linked(`payment:${id}`);
  if (payment !== undefined && !outOfBand) {
    const paid = books.change('invoice_payment', payment, {
      amount_paid: amount,
      status: 'paid',
      status_transitions: { canceled_at: null, paid_at: now },
    });
    books.emit('invoice_payment.paid', paid);
  }
  books.emit('invoice.paid', invoice);
  books.emit('invoice.payment_succeeded', invoice);
  setDelinquent(books, invoice, false);
  invoicePaid(books, invoice);
  return books.known('invoice', id);
}

function setDelinquent(books: Books, invoice: Invoice, delinquent: boolean): void {
  const customer = books.known('customer', ref(invoice.customer) ?? '');
  if (customer.delinquent === delinquent) return;
  books.emit('customer.updated', books.change('customer', customer.id, { delinquent }), customer);
}

/** The payment method that an invoice is charged to. */
export function methodFor(books: Books, invoice: Invoice): string | null {
  const subscription = books.get('subscription', subscriptionOf(invoice) ?? '');
  const customer = books.known('customer', ref(invoice.customer) ?? '');
  return (
    ref(invoice.default_payment_method) ??
    ref(subscription?.default_payment_method ?? null) ??
    ref(customer.invoice_settings.default_payment_method)
  );
}

/**
 * Takes an open invoice's money. @throws StripeError 402 when the card is declined, or its holder is not there to prove
 * who they are: the invoice stays open, and what follows for its subscription has followed
 */
export function pay(books: Books, id: string, choice: { method?: string | null; offSession: boolean }): Invoice {
  const invoice = books.known('invoice', id);
  const intentId = books.linked(`invoice:${id}`);
  if (invoice.status !== 'open' || intentId === undefined) {
    throw invalid(`Invoice is ${invoice.status ?? 'not open'} and cannot be paid.`, 'id', 'invoice_not_open');
  }
  const method = choice.method ?? methodFor(books, invoice);
  if (method === null) {
    unpaid(books, id, true);
    throw new StripeError(
      402,
      'This invoice has no payment method that it could be charged to.',
      {
        type: 'card_error',
        code: 'invoice_payment_intent_requires_action',
        payment_intent: books.known('payment_intent', intentId),
      },
      true,
    );
  }
  // A payment of an invoice waits for its holder, who is told of it; others made in their absence fail.
  const intent = confirm(books, intentId, { method, returnUrl: null });
  if (choice.offSession && intent.status === 'requires_action') {
    throw new StripeError(
      402,
      'This payment requires additional user action before it can be completed successfully.',
      { type: 'card_error', code: 'invoice_payment_intent_requires_action', payment_intent: intent },
      true,
    );
  }
  return books.known('invoice', id);
}

/** Tries to collect by itself: a failure leaves its traces and no error. */
export function collect(books: Books, id: string, offSession = true): void {
  try {
    pay(books, id, { offSession });
  } catch (error) {
    if (!(error instanceof StripeError) || !error.keepsEffects) throw error;
  }
}

/** An attempt failed: when the next one is, and what the subscription becomes. */
export function unpaid(books: Books, id: string, withEvent: boolean): void {
  const before = books.known('invoice', id);
  if (before.status !== 'open') return;
  const now = books.now(ref(before.test_clock));
  const attempts = before.attempt_count + 1;
  const subscription = books.get('subscription', subscriptionOf(before) ?? '');
  const scheduled = subscription !== undefined && subscription.status !== 'incomplete' && before.auto_advance === true;
  const days =
    scheduled && before.collection_method === 'charge_automatically' ? books.rules.retryDays[attempts - 1] : undefined;
  const next = days === undefined ? null : now + days * DAY;
  const invoice = books.change('invoice', id, { attempt_count: attempts, attempted: true, next_payment_attempt: next });
  if (next !== null) books.schedule(ref(before.test_clock), next, 'invoice.retry', id);
  if (withEvent) books.emit('invoice.payment_failed', invoice);
  setDelinquent(books, invoice, true);
  invoiceUnpaid(books, invoice, scheduled && next === null);
}

/** The payment waits for its holder: it counts as an attempt that failed, and says so. */
export function waitsForHolder(books: Books, id: string): void {
  const invoice = books.known('invoice', id);
  books.emit('invoice.payment_action_required', invoice);
  const subscription = books.get('subscription', subscriptionOf(invoice) ?? '');
  if (subscription !== undefined && subscription.status !== 'incomplete') unpaid(books, id, true);
}

export function voidInvoice(books: Books, id: string): Invoice {
  const before = books.known('invoice', id);
  if (before.status !== 'open' && before.status !== 'uncollectible') {
    throw invalid(
      `You can only void open or uncollectible invoices; this one is ${before.status ?? 'unknown'}.`,
      'id',
      'invoice_not_editable',
    );
  }
  endIntent(books, id);
  const now = books.now(ref(before.test_clock));
  const invoice = books.change('invoice', id, {
    status: 'void',
    auto_advance: false,
    next_payment_attempt: null,
    amount_remaining: 0,
    status_transitions: { ...before.status_transitions, voided_at: now },
  });
  books.emit('invoice.voided', invoice);
  // What of the customer's balance went into it is theirs again.
  const used = (before.ending_balance ?? 0) - before.starting_balance;
  if (used !== 0) {
    const customer = ref(before.customer) ?? '';
    adjustBalance(books, customer, -used, before.currency, 'unapplied_from_invoice', { invoice: id });
  }
  invoiceVoided(books, invoice);
  return invoice;
}

function endIntent(books: Books, invoice: string): void {
  const intent = books.get('payment_intent', books.linked(`invoice:${invoice}`) ?? '');
  if (intent === undefined || ['succeeded', 'canceled', 'processing'].includes(intent.status)) return;
  cancelIntent(books, intent.id, 'void_invoice');
}

export function markUncollectible(books: Books, id: string): Invoice {
  const before = books.known('invoice', id);
  if (before.status !== 'open')
    throw invalid('Only open invoices can be marked uncollectible.', 'id', 'invoice_not_open');
  const invoice = books.change('invoice', id, {
    status: 'uncollectible',
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...before.status_transitions, marked_uncollectible_at: books.now(ref(before.test_clock)) },
  });
  books.emit('invoice.marked_uncollectible', invoice);
  return invoice;
}

/** What Stripe shows of an invoice only when asked. */
export function invoiceIncludes(books: Books, id: string) {
  const intent = books.get('payment_intent', books.linked(`invoice:${id}`) ?? '');
  const payment = books.get('invoice_payment', books.linked(`payment:${id}`) ?? '');
  return {
    payments: listOf(`/v1/invoice_payments`, payment === undefined ? [] : [payment]),
    confirmation_secret:
      intent?.client_secret == null ? null : { client_secret: intent.client_secret, type: 'payment_intent' },
  };
}
