import type Stripe from 'stripe';
import { updateSubscription } from '../billing/change-subscription.ts';
import { createSubscription } from '../billing/create-subscription.ts';
import { redeem } from '../billing/discounts.ts';
import { draft, withSums } from '../billing/draft-invoice.ts';
import * as ledger from '../billing/invoices.ts';
import { endSubscription } from '../billing/standing.ts';
import { wishes } from '../billing/subscription-terms.ts';
import { scheduleFinalization } from '../billing/subscriptions.ts';
import { upcoming } from '../billing/upcoming.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import { ref } from '../state/books.ts';
import type { Invoice, Subscription } from '../state/tables.ts';
import { createItem } from './invoice-items.ts';

function find(call: Call): Invoice {
  return call.books.find('invoice', pathId(call));
}

function create(call: Call): Invoice {
  const params = paramsOf<Stripe.InvoiceCreateParams>(call);
  const { books } = call;
  const customer = books.find('customer', params.customer ?? '', 'customer');
  const subscription =
    params.subscription === undefined ? undefined : books.find('subscription', params.subscription, 'subscription');
  const now = books.now(ref(customer.test_clock));
  const collection = params.collection_method ?? 'charge_automatically';
  if (collection === 'send_invoice' && params.days_until_due === undefined && params.due_date === undefined) {
    throw invalid('You must pass days_until_due or due_date.', 'days_until_due', 'parameter_missing');
  }
  const advance = params.auto_advance ?? false;
  const invoice = draft(books, {
    customer: customer.id,
    ...(subscription === undefined ? {} : { subscription }),
    reason: 'manual',
    lines: [],
    period: { start: now, end: now },
    currency: checkedCurrency(params.currency ?? customer.currency ?? 'eur'),
    collection,
    daysUntilDue: params.days_until_due ?? null,
    autoAdvance: advance,
    automaticTax: params.automatic_tax?.enabled ?? false,
    metadata: merged({}, params.metadata),
    description: params.description ?? null,
    method: params.default_payment_method ?? null,
    withPending: params.pending_invoice_items_behavior === 'include' || subscription !== undefined,
  });
  const discounts = wishes(params.discounts).map(
    (wanted) => redeem(books, wanted, { customer: customer.id, invoice: invoice.id }).id,
  );
  const summed = withSums(books, { ...invoice, discounts, due_date: params.due_date ?? invoice.due_date });
  books.change('invoice', invoice.id, summed);
  if (advance) scheduleFinalization(books, books.known('invoice', invoice.id));
  return books.known('invoice', invoice.id);
}

function update(call: Call): Invoice {
  const params = paramsOf<Stripe.InvoiceUpdateParams>(call);
  const { books } = call;
  const before = find(call);
  const notes = ['metadata', 'description', 'default_payment_method', 'auto_advance', 'expand'];
  if (before.status !== 'draft' && !Object.keys(params).every((name) => notes.includes(name))) {
    throw invalid('Finalized invoices cannot be updated.', 'id', 'invoice_not_editable');
  }
  const changed = books.change('invoice', before.id, {
    auto_advance: params.auto_advance ?? before.auto_advance ?? false,
    default_payment_method: params.default_payment_method ?? ref(before.default_payment_method),
    description: params.description ?? before.description,
    due_date: params.due_date ?? before.due_date,
    footer: params.footer ?? before.footer,
    metadata: merged(before.metadata, params.metadata),
  });
  books.emit('invoice.updated', changed, before);
  return changed;
}

/** What an invoice would be after a change, or the next one as things are. Nothing is kept. */
function preview(call: Call): object {
  const params = paramsOf<Stripe.InvoiceCreatePreviewParams>(call);
  const { books } = call;
  const details = params.subscription_details ?? {};
  const shown = (invoice: Invoice) => ({
    ...invoice,
    id: `upcoming_in_${invoice.id.slice(3)}`,
    status: 'draft',
    number: null,
  });
  const none = () => invalid('No upcoming invoices for customer', 'subscription', 'invoice_upcoming_none');
  return books.rehearse(() => {
    if (params.subscription === undefined) {
      const customer = params.customer;
      const items = details.items;
      if (customer === undefined || items === undefined) {
        throw invalid(
          'Either subscription, or customer and subscription_details[items], are needed.',
          'subscription',
          'parameter_missing',
        );
      }
      const made = createSubscription(
        books,
        {
          customer,
          items: items as NonNullable<Stripe.SubscriptionCreateParams['items']>,
          ...(details.trial_end === undefined ? {} : { trial_end: details.trial_end }),
          ...(params.discounts === undefined ? {} : { discounts: params.discounts }),
          ...(params.automatic_tax === undefined ? {} : { automatic_tax: { enabled: params.automatic_tax.enabled } }),
        },
        { leaveOpen: true },
      );
      return shown(books.known('invoice', String(made.latest_invoice)));
    }
    const before = books.find('subscription', params.subscription, 'subscription');
    if (before.ended_at !== null) throw none();
    if (details.cancel_now === true) {
      endSubscription(books, before.id, 'cancellation_requested');
      throw none();
    }
    const after = changedBy(call, before, details, params.discounts);
    const due = String(after.latest_invoice);
    if (due !== String(before.latest_invoice)) return shown(books.known('invoice', due));
    const next = after.cancel_at_period_end ? null : upcoming(books, after);
    if (next === null) throw none();
    return next;
  });
}

function changedBy(
  call: Call,
  before: Subscription,
  details: NonNullable<Stripe.InvoiceCreatePreviewParams['subscription_details']>,
  discounts: Stripe.InvoiceCreatePreviewParams['discounts'],
): Subscription {
  const { items, proration_behavior, proration_date, trial_end, cancel_at_period_end } = details;
  const change: Stripe.SubscriptionUpdateParams = {
    ...(items === undefined ? {} : { items: items as NonNullable<Stripe.SubscriptionUpdateParams['items']> }),
    ...(proration_behavior === undefined ? {} : { proration_behavior }),
    ...(proration_date === undefined ? {} : { proration_date }),
    ...(trial_end === undefined ? {} : { trial_end }),
    ...(cancel_at_period_end === undefined ? {} : { cancel_at_period_end }),
    ...(discounts === undefined ? {} : { discounts }),
    payment_behavior: 'default_incomplete',
  };
  return Object.keys(change).length === 1 ? before : updateSubscription(call.books, before.id, change);
}

export const INVOICES: readonly RouteDefinition[] = [
  route(
    'POST /v1/invoices',
    `auto_advance automatic_tax.enabled collection_method currency customer days_until_due due_date
     default_payment_method description discounts pending_invoice_items_behavior subscription`,
    create,
  ),
  route('GET /v1/invoices/{}', '', find),
  route('POST /v1/invoices/{}', 'auto_advance default_payment_method description due_date footer', update),
  route('DELETE /v1/invoices/{}', '', (call) => {
    const invoice = find(call);
    if (invoice.status !== 'draft') throw invalid('You can only delete draft invoices.', 'id', 'invoice_not_editable');
    for (const item of call.books.all('invoiceitem')) {
      if (item.invoice === invoice.id) call.books.change('invoiceitem', item.id, { invoice: null });
    }
    call.books.remove('invoice', invoice.id);
    call.books.emit('invoice.deleted', invoice);
    return { id: invoice.id, object: 'invoice', deleted: true };
  }),
  route('GET /v1/invoices', `${PAGED} collection_method created customer due_date status subscription`, (call) => {
    const params = paramsOf<Stripe.InvoiceListParams>(call);
    const found = call.books
      .all('invoice')
      .filter(
        (invoice) =>
          (params.customer === undefined || ref(invoice.customer) === params.customer) &&
          (params.status === undefined || invoice.status === params.status) &&
          (params.collection_method === undefined || invoice.collection_method === params.collection_method) &&
          (params.subscription === undefined ||
            ref(invoice.parent?.subscription_details?.subscription ?? null) === params.subscription),
      );
    return page(call, found);
  }),
  route('GET /v1/invoices/{}/lines', PAGED, (call) => page(call, [...find(call).lines.data].reverse())),
  route('POST /v1/invoices/{}/finalize', 'auto_advance', (call) => {
    const { auto_advance: advance } = paramsOf<Stripe.InvoiceFinalizeInvoiceParams>(call);
    const before = find(call);
    if (advance !== undefined) call.books.change('invoice', before.id, { auto_advance: advance });
    return ledger.finalize(call.books, before.id);
  }),
  route('POST /v1/invoices/{}/pay', 'off_session paid_out_of_band payment_method', (call) => {
    const params = paramsOf<Stripe.InvoicePayParams>(call);
    const { books } = call;
    let invoice = find(call);
    if (invoice.status === 'draft') invoice = ledger.finalize(books, invoice.id);
    if (invoice.status === 'paid') throw invalid('Invoice is already paid', 'id', 'invoice_not_open');
    if (params.paid_out_of_band === true) return ledger.markPaid(books, invoice.id, invoice.amount_due, true);
    return ledger.pay(books, invoice.id, {
      method: params.payment_method ?? null,
      offSession: params.off_session ?? true,
    });
  }),
  route('POST /v1/invoices/{}/send', '', (call) => {
    const before = find(call);
    const invoice = before.status === 'draft' ? ledger.finalize(call.books, before.id) : before;
    call.books.emit('invoice.sent', invoice);
    return invoice;
  }),
  route('POST /v1/invoices/{}/void', '', (call) => ledger.voidInvoice(call.books, find(call).id)),
  route('POST /v1/invoices/{}/mark_uncollectible', '', (call) => ledger.markUncollectible(call.books, find(call).id)),
  route(
    'POST /v1/invoices/create_preview',
    `automatic_tax.enabled customer discounts subscription subscription_details.items
     subscription_details.proration_behavior subscription_details.proration_date subscription_details.trial_end
     subscription_details.cancel_at_period_end subscription_details.cancel_now preview_mode`,
    preview,
  ),
  route('GET /v1/invoice_payments', `${PAGED} created invoice payment status`, (call) => {
    const params = paramsOf<Stripe.InvoicePaymentListParams>(call);
    const intent = params.payment?.payment_intent;
    const found = call.books
      .all('invoice_payment')
      .filter(
        (payment) =>
          (params.invoice === undefined || payment.invoice === params.invoice) &&
          (params.status === undefined || payment.status === params.status) &&
          (intent === undefined || payment.payment.payment_intent === intent),
      );
    return page(call, found);
  }),
  route('GET /v1/invoice_payments/{}', '', (call) => call.books.find('invoice_payment', pathId(call))),
  route(
    'POST /v1/invoiceitems',
    'amount currency customer description discountable invoice period pricing quantity subscription unit_amount_decimal',
    createItem,
  ),
  route('GET /v1/invoiceitems/{}', '', (call) => call.books.find('invoiceitem', pathId(call))),
  route('POST /v1/invoiceitems/{}', 'amount description', (call) => {
    const params = paramsOf<Stripe.InvoiceItemUpdateParams>(call);
    const before = call.books.find('invoiceitem', pathId(call));
    if (before.invoice !== null) throw invalid('Items of an invoice cannot be changed.', 'id', 'invoice_not_editable');
    return call.books.change('invoiceitem', before.id, {
      amount: params.amount ?? before.amount,
      description: given(params.description, before.description),
      metadata: merged(before.metadata, params.metadata),
    });
  }),
  route('DELETE /v1/invoiceitems/{}', '', (call) => {
    const item = call.books.find('invoiceitem', pathId(call));
    if (item.invoice !== null) throw invalid('Items of an invoice cannot be deleted.', 'id', 'invoice_not_editable');
    call.books.remove('invoiceitem', item.id);
    call.books.emit('invoiceitem.deleted', item);
    return { id: item.id, object: 'invoiceitem', deleted: true };
  }),
  route('GET /v1/invoiceitems', `${PAGED} created customer invoice pending`, (call) => {
    const { customer, invoice, pending } = paramsOf<Stripe.InvoiceItemListParams>(call);
    const found = call.books
      .all('invoiceitem')
      .filter(
        (item) =>
          (customer === undefined || ref(item.customer) === customer) &&
          (invoice === undefined || ref(item.invoice) === invoice) &&
          (pending === undefined || (item.invoice === null) === pending),
      );
    return page(call, found);
  }),
];
