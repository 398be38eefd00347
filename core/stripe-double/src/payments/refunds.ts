import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';
import { shownAmount } from '../money.ts';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { record } from './balance.ts';
import { isAskedBack } from './disputes.ts';
import { behaviourOfMethod } from './methods.ts';

export interface RefundTerms {
  amount?: number | undefined;
  reason?: Stripe.Refund.Reason | null;
  metadata?: Stripe.Metadata;
  reverseTransfer?: boolean;
  refundFee?: boolean;
}

/** Gives money back. @throws StripeError 400 when there is not so much left to give back */
export function refundCharge(books: Books, id: string, terms: RefundTerms): Stripe.Refund {
  const charge = books.known('charge', id);
  if (!charge.captured || charge.status !== 'succeeded') {
    throw invalid(
      'This charge has not been captured; cancel its PaymentIntent instead.',
      'charge',
      'charge_not_refundable',
    );
  }
  if (isAskedBack(books, id)) {
    throw invalid(`Charge ${id} has been charged back; cannot issue a refund.`, 'charge', 'charge_disputed');
  }
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${id} has already been refunded.`, 'charge', 'charge_already_refunded');
  const amount = terms.amount ?? left;
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    const shown = `${shownAmount(amount, charge.currency)}) is greater than unrefunded amount on charge (${shownAmount(left, charge.currency)}`;
    throw invalid(`Refund amount (${shown})`, 'amount');
  }
  const behaviour = charge.payment_method === null ? undefined : behaviourOfMethod(books, charge.payment_method);
  const now = books.now(books.clockOfCustomer(ref(charge.customer)));
  const refundId = newId('re');
  const { currency } = charge;
  const booked = record(books, { amount: -amount, currency, type: 'refund', source: refundId, at: books.now() });
  const reversal = terms.reverseTransfer === true ? reverseFor(books, charge, amount, refundId) : null;
  if (terms.refundFee === true) refundFeeOf(books, charge, amount);
  const refund = books.insert('refund', {
    id: refundId,
    object: 'refund',
    amount,
    balance_transaction: booked.id,
    charge: id,
    created: now,
    currency,
    customer: ref(charge.customer),
    customer_account: null,
    destination_details: {
      type: 'card',
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    },
    metadata: terms.metadata ?? {},
    payment_intent: ref(charge.payment_intent),
    payment_method: charge.payment_method,
    reason: terms.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: behaviour?.refund === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: reversal?.id ?? null,
  });
  const refunded = charge.amount_refunded + amount;
  const changed = books.change('charge', id, { amount_refunded: refunded, refunded: refunded === charge.amount });
  books.emit('refund.created', refund);
  books.emit('charge.refunded', changed, charge);
  if (behaviour?.refund !== undefined) {
    const clock = books.clockOfCustomer(ref(charge.customer));
    books.schedule(clock, now + 5, behaviour.refund === 'fails' ? 'refund.fails' : 'refund.succeeds', refundId);
  }
  return refund;
}

/** The bank sends the money back: it returns to the balance, and the customer has nothing. */
export function refundFails(books: Books, id: string): void {
  const refund = books.get('refund', id);
  if (refund === undefined || refund.status === 'failed' || refund.status === 'canceled') return;
  const { amount, currency } = refund;
  const back = record(books, { amount, currency, type: 'refund_failure', source: id, at: books.now() });
  const failed = books.change('refund', id, {
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: back.id,
  });
  const charge = books.known('charge', ref(refund.charge) ?? '');
  books.change('charge', charge.id, { amount_refunded: charge.amount_refunded - amount, refunded: false });
  books.emit('refund.failed', failed);
  books.emit('charge.refund.updated', failed);
}

export function refundSucceeds(books: Books, id: string): void {
  const refund = books.get('refund', id);
  if (refund?.status !== 'pending') return;
  const done = books.change('refund', id, { status: 'succeeded' });
  books.emit('refund.updated', done, refund);
  books.emit('charge.refund.updated', done, refund);
}

function part(whole: number, amount: number, of: number): number {
  return Math.round((whole * amount) / of);
}

function reverseFor(
  books: Books,
  charge: Stripe.Charge,
  amount: number,
  refund: string,
): Stripe.TransferReversal | null {
  const transfer = books.get('transfer', ref(charge.transfer ?? null) ?? '');
  if (transfer === undefined) throw invalid('This charge has no transfer to reverse.', 'reverse_transfer');
  const back = Math.min(part(transfer.amount, amount, charge.amount), transfer.amount - transfer.amount_reversed);
  return back === 0 ? null : reverseTransfer(books, transfer.id, back, { refund });
}

/** Takes a transfer back, in whole or part. */
export function reverseTransfer(
  books: Books,
  id: string,
  amount: number,
  more: { refund?: string; metadata?: Stripe.Metadata } = {},
): Stripe.TransferReversal {
  const transfer = books.known('transfer', id);
  if (amount < 1 || amount > transfer.amount - transfer.amount_reversed) {
    throw invalid('The amount is more than what is left of the transfer.', 'amount');
  }
  const { currency } = transfer;
  const reversalId = newId('trr');
  const at = books.now();
  const booked = record(books, { amount, currency, type: 'transfer_refund', source: reversalId, at, available: true });
  const account = books.at(idOf(transfer.destination as string));
  record(account, {
    amount: -amount,
    currency,
    type: 'payment_refund',
    source: transfer.destination_payment as string,
    at,
  });
  const reversal = books.insert('transfer_reversal', {
    id: reversalId,
    object: 'transfer_reversal',
    amount,
    balance_transaction: booked.id,
    created: at,
    currency,
    destination_payment_refund: null,
    metadata: more.metadata ?? {},
    source_refund: more.refund ?? null,
    transfer: id,
  });
  const reversed = transfer.amount_reversed + amount;
  const changed = books.change('transfer', id, {
    amount_reversed: reversed,
    reversed: reversed === transfer.amount,
    reversals: { ...transfer.reversals, data: [reversal, ...transfer.reversals.data] },
  });
  books.emit('transfer.reversed', changed);
  return reversal;
}

function refundFeeOf(books: Books, charge: Stripe.Charge, amount: number): void {
  const fee = books.at(null).get('application_fee', ref(charge.application_fee) ?? '');
  if (fee === undefined) throw invalid('This charge has no application fee.', 'refund_application_fee');
  const back = Math.min(part(fee.amount, amount, charge.amount), fee.amount - fee.amount_refunded);
  if (back > 0) refundFee(books, fee.id, back);
}

/** Gives an application fee back to the connected account. */
export function refundFee(books: Books, id: string, amount: number, metadata: Stripe.Metadata = {}): Stripe.FeeRefund {
  const platform = books.at(null);
  const fee = platform.known('application_fee', id);
  if (amount < 1 || amount > fee.amount - fee.amount_refunded) {
    throw invalid('The amount is more than what is left of the fee.', 'amount');
  }
  const { currency } = fee;
  const refundId = newId('fr');
  const at = books.now();
  const booked = record(platform, { amount: -amount, currency, type: 'application_fee_refund', source: refundId, at });
  const account = platform.at(idOf(fee.account as string));
  record(account, { amount, currency, type: 'application_fee_refund', source: refundId, at, available: true });
  const refund = platform.insert('fee_refund', {
    id: refundId,
    object: 'fee_refund',
    amount,
    balance_transaction: booked.id,
    created: at,
    currency,
    fee: id,
    metadata,
  });
  const refunded = fee.amount_refunded + amount;
  const changed = platform.change('application_fee', id, {
    amount_refunded: refunded,
    refunded: refunded === fee.amount,
    refunds: { ...fee.refunds, data: [refund, ...fee.refunds.data] },
  });
  platform.emit('application_fee.refunded', changed);
  return refund;
}
