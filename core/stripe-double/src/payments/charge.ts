import type Stripe from 'stripe';
import { type Books, idOf, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { record, stripeFee } from './balance.ts';
import type { Behaviour } from './cards.ts';

type Intent = Stripe.PaymentIntent;

function methodDetails(method: Stripe.PaymentMethod, amount: number): Stripe.Charge.PaymentMethodDetails {
  const { card } = method;
  if (card === undefined) return { type: method.type };
  return {
    type: 'card',
    card: {
      amount_authorized: amount,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      regulated_status: card.regulated_status,
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

const OUTCOME = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
  type: 'authorized',
};

/** A charge of an intent: succeeded, failed, or pending for a bank debit. No money is booked yet. */
export function newCharge(
  books: Books,
  intent: Intent,
  method: Stripe.PaymentMethod,
  status: 'succeeded' | 'failed' | 'pending',
  behaviour: Behaviour,
): Stripe.Charge {
  const id = newId(method.type === 'card' ? 'ch' : 'py');
  const failure = status === 'failed' ? behaviour.decline : undefined;
  const captured = status !== 'failed' && intent.capture_method !== 'manual';
  return books.insert('charge', {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured && status === 'succeeded' ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'STRIPE DOUBLE',
    captured: captured && status === 'succeeded',
    created: books.now(books.clockOfCustomer(ref(intent.customer))),
    currency: intent.currency,
    customer: ref(intent.customer),
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: ref(intent.on_behalf_of),
    outcome:
      failure === undefined
        ? OUTCOME
        : {
            ...OUTCOME,
            network_status: 'declined_by_network',
            reason: failure.decline,
            seller_message: failure.message,
            type: 'issuer_declined',
          },
    paid: status === 'succeeded',
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method, intent.amount),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: status === 'succeeded' ? `${books.rules.origin}/receipts/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
    transfer_data:
      intent.transfer_data === undefined || intent.transfer_data === null
        ? null
        : { amount: intent.transfer_data.amount ?? null, destination: idOf(intent.transfer_data.destination) },
    transfer_group: intent.transfer_group,
  });
}

/** Books a captured charge: the balance, the application's fee and the publisher's part. */
export function settle(books: Books, charge: Stripe.Charge, amount: number, behaviour: Behaviour): Stripe.Charge {
  // Balances live by the world's clock, whatever clock the customer has.
  const at = books.now();
  const available = behaviour.available === true;
  const type = charge.id.startsWith('py_') ? 'payment' : 'charge';
  const feeAmount = charge.application_fee_amount;
  const direct = books.account !== null && feeAmount !== null && feeAmount > 0;
  const fee = stripeFee(amount) + (direct ? feeAmount : 0);
  const booked = record(books, { amount, currency: charge.currency, type, source: charge.id, fee, at, available });
  let settled = books.change('charge', charge.id, {
    balance_transaction: booked.id,
    captured: true,
    amount_captured: amount,
    paid: true,
    status: 'succeeded',
  });
  const destination = settled.transfer_data === null ? null : idOf(settled.transfer_data.destination);
  if (destination !== null) settled = transferPart(books, settled, destination, amount, at);
  else if (direct) settled = applicationFee(books, settled, books.account ?? '', feeAmount, at);
  if (amount < charge.amount) return books.change('charge', charge.id, { amount_refunded: charge.amount - amount });
  return settled;
}

function transferPart(
  books: Books,
  charge: Stripe.Charge,
  destination: string,
  amount: number,
  at: number,
): Stripe.Charge {
  const { currency } = charge;
  const gross = charge.transfer_data?.amount ?? amount;
  const fee = charge.transfer_data?.amount === null ? (charge.application_fee_amount ?? 0) : 0;
  const transfer = newTransfer(books, { amount: gross, currency, destination, source: charge.id, fee, at });
  const linked = books.change('charge', charge.id, { transfer: transfer.id, transfer_group: transfer.transfer_group });
  return fee === 0 ? linked : applicationFee(books, linked, destination, fee, at);
}

function applicationFee(
  books: Books,
  charge: Stripe.Charge,
  account: string,
  amount: number,
  at: number,
): Stripe.Charge {
  const platform = books.at(null);
  const { currency } = charge;
  const id = newId('fee');
  const booked = record(platform, { amount, currency, type: 'application_fee', source: id, at });
  const fee = platform.insert('application_fee', {
    id,
    object: 'application_fee',
    account,
    amount,
    amount_refunded: 0,
    application: 'ca_double',
    balance_transaction: booked.id,
    charge: charge.id,
    created: at,
    currency,
    fee_source: { type: 'charge', charge: charge.id },
    livemode: false,
    originating_transaction: books.account === null ? charge.id : null,
    refunded: false,
    refunds: { object: 'list', data: [], has_more: false, url: `/v1/application_fees/${id}/refunds` },
  });
  platform.emit('application_fee.created', fee);
  return books.change('charge', charge.id, { application_fee: fee.id });
}

/** Moves money from the platform's balance to a connected account's, there as a payment. */
export function newTransfer(
  books: Books,
  order: {
    amount: number;
    currency: string;
    destination: string;
    at: number;
    source?: string | null;
    fee?: number;
    group?: string | null;
    description?: string | null;
    metadata?: Stripe.Metadata;
  },
): Stripe.Transfer {
  const { amount, currency, destination, at, source = null, fee = 0 } = order;
  const id = newId('tr');
  const booked = record(books, { amount: -amount, currency, type: 'transfer', source: id, at });
  const account = books.at(destination);
  const payment = newId('py');
  const received = record(account, {
    amount,
    currency,
    type: 'payment',
    source: payment,
    fee,
    at,
    feeType: 'application_fee',
    available: source === null,
  });
  account.insert('charge', {
    ...destinationPayment({ id: payment, amount, currency, created: at, transfer: id }),
    balance_transaction: received.id,
  });
  const transfer = books.insert('transfer', {
    id,
    object: 'transfer',
    amount,
    amount_reversed: 0,
    balance_transaction: booked.id,
    created: at,
    currency,
    description: order.description ?? null,
    destination,
    destination_payment: payment,
    livemode: false,
    metadata: order.metadata ?? {},
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: source,
    source_type: 'card',
    transfer_group: order.group ?? (source === null ? null : `group_${source}`),
  });
  books.emit('transfer.created', transfer);
  return transfer;
}

function destinationPayment({
  id,
  amount,
  currency,
  created,
  transfer,
}: Pick<Stripe.Charge, 'id' | 'amount' | 'currency' | 'created'> & { transfer: string }): Stripe.Charge {
  return {
    id,
    object: 'charge',
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    application: 'ca_double',
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: true,
    created,
    currency,
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: OUTCOME,
    paid: true,
    payment_intent: null,
    payment_method: null,
    payment_method_details: { type: 'stripe_account', stripe_account: {} },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: transfer,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}
