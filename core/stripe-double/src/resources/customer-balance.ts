import type Stripe from 'stripe';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';

/** Changes what a customer owes (positive) or is owed (negative), to be settled with the next invoice. */
export function adjustBalance(
  books: Books,
  id: string,
  amount: number,
  currency: string,
  type: Stripe.CustomerBalanceTransaction.Type,
  more: { description?: string | null; metadata?: Stripe.Metadata; invoice?: string; creditNote?: string } = {},
): Stripe.CustomerBalanceTransaction {
  const customer = books.known('customer', id);
  const balance = customer.balance + amount;
  const changed = books.change('customer', id, { balance, currency: customer.currency ?? currency });
  books.emit('customer.updated', changed, customer);
  return books.insert('customer_balance_transaction', {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount,
    checkout_session: null,
    created: books.now(ref(customer.test_clock)),
    credit_note: more.creditNote ?? null,
    currency,
    customer: id,
    customer_account: null,
    description: more.description ?? null,
    ending_balance: balance,
    invoice: more.invoice ?? null,
    livemode: false,
    metadata: more.metadata ?? {},
    type,
  });
}
