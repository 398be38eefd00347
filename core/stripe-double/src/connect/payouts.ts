import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import { record, sums } from '../payments/balance.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { requirements, tellUpdated } from './accounts.ts';

const DAY = 86_400;
/** A bank account that refuses what is paid out to it. */
export const REFUSING_IBAN = 'DE62370400440532013001';

function newPayout(
  books: Books,
  terms: {
    amount: number;
    currency: string;
    automatic: boolean;
    description?: string | null;
    metadata?: Stripe.Metadata;
  },
): Stripe.Payout {
  const { amount, currency, automatic } = terms;
  const id = newId('po');
  const now = books.now();
  const booked = record(books, { amount: -amount, currency, type: 'payout', source: id, at: now });
  const account = books.account === null ? undefined : books.at(null).get('account', books.account);
  const payout = books.insert('payout', {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: now + 2 * DAY,
    automatic,
    balance_transaction: booked.id,
    created: now,
    currency,
    description: terms.description ?? (automatic ? 'STRIPE PAYOUT' : null),
    destination: account?.external_accounts?.data[0]?.id ?? null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: terms.metadata ?? {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? 'in_progress' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'pending',
    trace_id: null,
    type: 'bank_account',
  });
  books.emit('payout.created', payout);
  books.schedule(null, now + 2 * DAY, 'payout.arrives', id);
  return payout;
}

/** Two days later it is there, or the bank refused it. */
export function payoutArrives(books: Books, id: string): void {
  const before = books.get('payout', id);
  if (before?.status !== 'pending') return;
  const account = books.account === null ? undefined : books.at(null).get('account', books.account);
  const iban = books.linked(`iban:${account?.id ?? ''}`);
  if (iban !== REFUSING_IBAN) {
    books.emit(
      'payout.paid',
      books.change('payout', id, {
        status: 'paid',
        reconciliation_status: before.automatic ? 'completed' : 'not_applicable',
      }),
    );
    return;
  }
  const { amount, currency } = before;
  const back = record(books, {
    amount,
    currency,
    type: 'payout_failure',
    source: id,
    at: books.now(),
    available: true,
  });
  const failed = books.change('payout', id, {
    status: 'failed',
    failure_code: 'account_closed',
    failure_message: 'The bank account has been closed.',
    failure_balance_transaction: back.id,
  });
  books.emit('payout.failed', failed);
  if (account === undefined) return;
  books
    .at(null)
    .change('account', account.id, { payouts_enabled: false, requirements: requirements(['external_account']) });
  tellUpdated(books, account.id);
}

/** Once a day, what is available is paid out. */
export function dailyPayout(books: Books, account: string): void {
  const found = books.at(null).get('account', account);
  if (found === undefined) return;
  books.schedule(null, books.now() + DAY, 'account.daily-payout', account);
  if (!found.payouts_enabled) return;
  for (const [currency, amount] of sums(books).available) {
    if (amount > 0) newPayout(books, { amount, currency, automatic: true });
  }
}

function create(call: Call): Stripe.Payout {
  const params = paramsOf<Stripe.PayoutCreateParams>(call);
  const { books } = call;
  const currency = checkedCurrency(params.currency);
  if (params.amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  const account = books.account === null ? undefined : books.at(null).known('account', books.account);
  if (account?.payouts_enabled === false)
    throw invalid('Payouts are disabled for this account.', 'amount', 'payouts_not_allowed');
  if ((sums(books).available.get(currency) ?? 0) < params.amount) {
    throw invalid(
      'You have insufficient funds in your Stripe account for this transfer.',
      'amount',
      'balance_insufficient',
    );
  }
  return newPayout(books, {
    amount: params.amount,
    currency,
    automatic: false,
    description: params.description ?? null,
    metadata: merged({}, params.metadata),
  });
}

export const PAYOUTS: readonly RouteDefinition[] = [
  route('POST /v1/payouts', 'amount currency description method', create),
  route('GET /v1/payouts/{}', '', (call) => call.books.find('payout', pathId(call))),
  route('POST /v1/payouts/{}', '', (call) => {
    const before = call.books.find('payout', pathId(call));
    const metadata = merged(before.metadata, given(call.params.metadata, undefined));
    const payout = call.books.change('payout', before.id, { metadata });
    call.books.emit('payout.updated', payout, before);
    return payout;
  }),
  route('POST /v1/payouts/{}/cancel', '', (call) => {
    const before = call.books.find('payout', pathId(call));
    if (before.status !== 'pending') throw invalid(`Payouts that are ${before.status} cannot be canceled.`, 'id');
    const { amount, currency, id } = before;
    record(call.books, { amount, currency, type: 'payout_cancel', source: id, at: call.books.now(), available: true });
    const payout = call.books.change('payout', id, { status: 'canceled' });
    call.books.emit('payout.canceled', payout);
    return payout;
  }),
  route('GET /v1/payouts', `${PAGED} arrival_date created destination status`, (call) => {
    const { status, destination } = call.params;
    const found = call.books
      .all('payout')
      .filter((payout) => status === undefined || payout.status === status)
      .filter((payout) => destination === undefined || ref(payout.destination) === destination);
    return page(call, found);
  }),
];
