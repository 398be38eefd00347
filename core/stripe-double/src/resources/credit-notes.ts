import type Stripe from 'stripe';
import { markPaid } from '../billing/invoices.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { listOf, page } from '../http/list.ts';
import { merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { refundCharge } from '../payments/refunds.ts';
import { ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { adjustBalance } from './customer-balance.ts';

type Params = Pick<
  Stripe.CreditNoteCreateParams,
  'invoice' | 'amount' | 'credit_amount' | 'refund_amount' | 'out_of_band_amount' | 'memo' | 'metadata' | 'reason'
>;

/** Takes part of a finalized invoice back: what is open becomes less, what is paid goes back as the request says. */
function create(call: Call): Stripe.CreditNote {
  const params = paramsOf<Params>(call);
  const { books } = call;
  const invoice = books.find('invoice', params.invoice, 'invoice');
  const customer = ref(invoice.customer) ?? '';
  if (invoice.status !== 'open' && invoice.status !== 'paid') {
    throw invalid('Credit notes can only be made for finalized invoices.', 'invoice', 'invoice_not_open');
  }
  const { refund_amount: refunded = 0, credit_amount: credited = 0, out_of_band_amount: outOfBand = 0 } = params;
  const amount = params.amount ?? refunded + credited + outOfBand;
  const left = invoice.total - invoice.pre_payment_credit_notes_amount - invoice.post_payment_credit_notes_amount;
  if (amount < 1 || amount > left)
    throw invalid(`The amount must be from 1 to what is left of the invoice, ${left}.`, 'amount');
  const open = invoice.status === 'open';
  if (!open && refunded + credited + outOfBand !== amount) {
    throw invalid(
      'The sum of credit amount, refund amount and out of band amount must equal the credit note amount.',
      'amount',
    );
  }
  if (open && amount > invoice.amount_remaining) throw invalid('The amount is more than what is open.', 'amount');
  const id = newId('cn');
  const now = books.now(ref(invoice.test_clock));
  const charge = ref(books.get('payment_intent', books.linked(`invoice:${invoice.id}`) ?? '')?.latest_charge ?? null);
  if (refunded > 0 && charge === null) throw invalid('This invoice has no charge to refund.', 'refund_amount');
  const refund = refunded > 0 ? refundCharge(books, charge ?? '', { amount: refunded }) : null;
  const balance =
    credited > 0
      ? adjustBalance(books, customer, -credited, invoice.currency, 'credit_note', { creditNote: id })
      : null;
  const earlier = books.all('credit_note').filter((note) => ref(note.invoice) === invoice.id).length;
  const note = books.insert('credit_note', {
    id,
    object: 'credit_note',
    amount,
    amount_shipping: 0,
    created: now,
    currency: invoice.currency,
    customer,
    customer_account: null,
    customer_balance_transaction: balance?.id ?? null,
    discount_amount: 0,
    discount_amounts: [],
    effective_at: now,
    invoice: invoice.id,
    lines: listOf(`/v1/credit_notes/${id}/lines`, [lineOf(amount)]),
    livemode: false,
    memo: params.memo ?? null,
    metadata: merged({}, params.metadata),
    number: `${invoice.number ?? ''}-CN-${String(earlier + 1).padStart(2, '0')}`,
    out_of_band_amount: outOfBand === 0 ? null : outOfBand,
    pdf: `${books.rules.origin}/invoices/${invoice.id}/pdf`,
    post_payment_amount: open ? 0 : amount,
    pre_payment_amount: open ? amount : 0,
    pretax_credit_amounts: [],
    reason: params.reason ?? null,
    refunds:
      refund === null
        ? []
        : [{ amount_refunded: refunded, payment_record_refund: null, refund: refund.id, type: 'refund' }],
    shipping_cost: null,
    status: 'issued',
    subtotal: amount,
    subtotal_excluding_tax: amount,
    total: amount,
    total_excluding_tax: amount,
    total_taxes: [],
    type: open ? 'pre_payment' : 'post_payment',
    voided_at: null,
  });
  if (open) lower(call, invoice.id, amount);
  else {
    const after = invoice.post_payment_credit_notes_amount + amount;
    books.change('invoice', invoice.id, { post_payment_credit_notes_amount: after });
  }
  books.emit('credit_note.created', note);
  return note;
}

function lineOf(amount: number): Stripe.CreditNoteLineItem {
  return {
    id: newId('cnli'),
    object: 'credit_note_line_item',
    amount,
    description: 'Credit',
    discount_amount: 0,
    discount_amounts: [],
    livemode: false,
    metadata: {},
    pretax_credit_amounts: [],
    quantity: 1,
    tax_rates: [],
    taxes: [],
    type: 'custom_line_item',
    unit_amount: amount,
    unit_amount_decimal: null,
  };
}

function lower(call: Call, id: string, amount: number): void {
  const { books } = call;
  const before = books.known('invoice', id);
  const due = before.amount_due - amount;
  const changed = books.change('invoice', id, {
    amount_due: due,
    amount_remaining: due,
    pre_payment_credit_notes_amount: before.pre_payment_credit_notes_amount + amount,
  });
  const intent = books.linked(`invoice:${id}`);
  if (due === 0) markPaid(books, id, 0);
  else if (intent !== undefined) books.change('payment_intent', intent, { amount: due });
  books.emit('invoice.updated', books.known('invoice', id), { ...changed, amount_due: before.amount_due });
}

export const CREDIT_NOTES: readonly RouteDefinition[] = [
  route('POST /v1/credit_notes', 'amount credit_amount invoice memo out_of_band_amount reason refund_amount', create),
  route(
    'GET /v1/credit_notes/preview',
    'amount credit_amount invoice memo out_of_band_amount reason refund_amount',
    (call) => call.books.rehearse(() => create(call)),
  ),
  route('GET /v1/credit_notes/{}', '', (call) => call.books.find('credit_note', pathId(call))),
  route('GET /v1/credit_notes/{}/lines', PAGED, (call) => call.books.find('credit_note', pathId(call)).lines),
  route('POST /v1/credit_notes/{}/void', '', (call) => {
    const before = call.books.find('credit_note', pathId(call));
    if (before.type !== 'pre_payment' || before.status === 'void') {
      throw invalid('You can only void credit notes of open invoices.', 'id');
    }
    const note = call.books.change('credit_note', before.id, { status: 'void', voided_at: call.books.now() });
    const invoice = call.books.known('invoice', ref(before.invoice) ?? '');
    if (invoice.status === 'open') {
      const due = invoice.amount_due + before.amount;
      call.books.change('invoice', invoice.id, {
        amount_due: due,
        amount_remaining: due,
        pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - before.amount,
      });
      const intent = call.books.linked(`invoice:${invoice.id}`);
      if (intent !== undefined) call.books.change('payment_intent', intent, { amount: due });
    }
    call.books.emit('credit_note.voided', note);
    return note;
  }),
  route('GET /v1/credit_notes', `${PAGED} created customer invoice`, (call) => {
    const { customer, invoice } = call.params;
    const found = call.books
      .all('credit_note')
      .filter((note) => customer === undefined || ref(note.customer) === customer)
      .filter((note) => invoice === undefined || ref(note.invoice) === invoice);
    return page(call, found);
  }),
];
