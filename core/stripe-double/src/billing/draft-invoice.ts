import type Stripe from 'stripe';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import type { Invoice, InvoiceItem, Subscription } from '../state/tables.ts';
import { invoiceItemLine, type LineDraft, numbered, totals } from './lines.ts';

const DAY = 86_400;

export interface InvoiceTerms {
  customer: string;
  subscription?: Subscription;
  reason: Stripe.Invoice.BillingReason;
  lines: readonly LineDraft[];
  period: { start: number; end: number };
  currency: string;
  discounts?: readonly string[];
  collection?: Stripe.Invoice.CollectionMethod;
  daysUntilDue?: number | null;
  autoAdvance?: boolean;
  automaticTax?: boolean;
  taxRates?: readonly Stripe.TaxRate[];
  metadata?: Stripe.Metadata;
  description?: string | null;
  method?: string | null;
  /** Takes up what waits for the customer's next invoice. */
  withPending?: boolean;
  fee?: { amount: number | null; destination: string | null };
  silent?: boolean;
}

/** What waits to be billed with the next invoice of a customer, or of one of its subscriptions. */
export function pendingItems(
  books: Books,
  customer: string,
  currency: string,
  subscription: string | null,
): InvoiceItem[] {
  return books.all('invoiceitem').filter((item) => {
    const owner = item.parent?.subscription_details?.subscription ?? null;
    const mine = owner === null || owner === subscription;
    return item.invoice === null && ref(item.customer) === customer && item.currency === currency && mine;
  });
}

/** A draft with its sums. */
export function draft(books: Books, terms: InvoiceTerms): Invoice {
  const { customer: customerId, subscription, lines, currency } = terms;
  const customer = books.known('customer', customerId);
  const clock = ref(customer.test_clock);
  const now = books.now(clock);
  const id = newId('in');
  const pending =
    terms.withPending === false ? [] : pendingItems(books, customerId, currency, subscription?.id ?? null);
  for (const item of pending) books.change('invoiceitem', item.id, { invoice: id });
  const collection = terms.collection ?? 'charge_automatically';
  const base: Invoice = {
    id,
    object: 'invoice',
    account_country: 'DE',
    account_name: 'The Stripe double',
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: terms.autoAdvance ?? true,
    automatic_tax: {
      disabled_reason: null,
      enabled: terms.automaticTax ?? subscription?.automatic_tax.enabled ?? false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: null,
    billing_reason: terms.reason,
    collection_method: collection,
    created: now,
    currency,
    custom_fields: null,
    customer: customerId,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: books
      .all('tax_id')
      .filter((taxId) => ref(taxId.customer) === customerId)
      .map(({ type, value }) => ({ type: type as Stripe.Invoice.CustomerTaxId.Type, value })),
    default_payment_method: terms.method ?? null,
    default_source: null,
    default_tax_rates: [...(terms.taxRates ?? subscription?.default_tax_rates ?? [])],
    description: terms.description ?? null,
    discounts: [...(terms.discounts ?? [])],
    due_date: collection === 'send_invoice' ? now + (terms.daysUntilDue ?? 30) * DAY : null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: numbered(id, [...pending.map(invoiceItemLine), ...lines]),
    livemode: false,
    metadata: terms.metadata ?? {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent:
      subscription === undefined
        ? null
        : {
            quote_details: null,
            subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
            type: 'subscription_details',
          },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: terms.period.end,
    period_start: terms.period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: clock,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  if (terms.fee !== undefined) books.link(`fee:${id}`, JSON.stringify(terms.fee));
  const invoice = withSums(books, base);
  books.insert('invoice', invoice);
  if (terms.silent !== true) books.emit('invoice.created', invoice);
  return invoice;
}

/** Sums, and what is due with the customer's balance as it is. */
export function withSums(books: Books, invoice: Invoice): Invoice {
  const sums = totals(books, invoice);
  const due = Math.max(0, sums.total + invoice.starting_balance);
  return { ...invoice, ...sums, amount_due: due, amount_remaining: due };
}
