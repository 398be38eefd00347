import type Stripe from 'stripe';
import { rounded } from '../money.ts';
import type { Books } from '../state/books.ts';
import { newId } from '../state/ids.ts';

const DAY = 86_400;

type Type = Stripe.BalanceTransaction.Type;

/** Books a movement on the account's balance. `fee` is what Stripe keeps of it; both in minor units. */
export function record(
  books: Books,
  movement: {
    amount: number;
    currency: string;
    type: Type;
    source: string;
    fee?: number;
    description?: string;
    at: number;
    available?: boolean;
    feeType?: 'stripe_fee' | 'application_fee';
  },
): Stripe.BalanceTransaction {
  const { type, source, description = null, at } = movement;
  // A connected account keeps what it is given.
  const exchange = books.account === null ? books.rules.exchange.get(movement.currency) : undefined;
  const { to: currency, rate } = exchange ?? { to: movement.currency, rate: 1 };
  const amount = rounded(movement.amount * rate);
  const fee = rounded((movement.fee ?? 0) * rate);
  const immediate = movement.available === true || amount <= 0;
  const feeType = movement.feeType ?? 'stripe_fee';
  return books.insert('balance_transaction', {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: immediate ? at : at + 2 * DAY,
    balance_type: 'payments',
    created: at,
    currency,
    description,
    exchange_rate: exchange?.rate ?? null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: DESCRIPTIONS[feeType], type: feeType }],
    net: amount - fee,
    reporting_category: CATEGORIES[type] ?? type,
    source,
    status: immediate ? 'available' : 'pending',
    type,
  });
}

const DESCRIPTIONS = { stripe_fee: 'Stripe processing fees', application_fee: 'application fee' };
const CATEGORIES: Record<string, string> = {
  payment: 'charge',
  payment_refund: 'refund',
  adjustment: 'dispute',
  application_fee: 'platform_earning',
  application_fee_refund: 'platform_earning_refund',
};

/** The double's price list: 2.9 % and 30 minor units of a card payment. */
export function stripeFee(amount: number): number {
  return Math.round((amount * 29) / 1000) + 30;
}

/** As it is now: what was pending becomes available by itself. */
export function current(books: Books, transaction: Stripe.BalanceTransaction): Stripe.BalanceTransaction {
  if (transaction.status === 'available' || transaction.available_on > books.now()) return transaction;
  return { ...transaction, status: 'available' };
}

/** Sums by currency, in minor units. */
export function sums(books: Books): { available: Map<string, number>; pending: Map<string, number> } {
  const available = new Map<string, number>();
  const pending = new Map<string, number>();
  for (const transaction of books.all('balance_transaction')) {
    const { status, currency, net } = current(books, transaction);
    const side = status === 'available' ? available : pending;
    side.set(currency, (side.get(currency) ?? 0) + net);
  }
  return { available, pending };
}
