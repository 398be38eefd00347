import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid, missing } from '../http/errors.ts';
import { listOf, page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import { current, sums } from '../payments/balance.ts';
import { newTransfer } from '../payments/charge.ts';
import { refundFee, reverseTransfer } from '../payments/refunds.ts';
import { idOf, ref } from '../state/books.ts';

function create(call: Call): Stripe.Transfer {
  const params = paramsOf<Stripe.TransferCreateParams>(call);
  const { books } = call;
  const currency = checkedCurrency(params.currency);
  const account = books.at(null).find('account', params.destination, 'destination');
  if (account.capabilities?.transfers !== 'active') {
    throw invalid(
      'Your destination account needs to have at least one of the following capabilities enabled: transfers',
      'destination',
      'insufficient_capabilities_for_transfer',
    );
  }
  const source = params.source_transaction ?? null;
  const charge = source === null ? null : books.find('charge', source, 'source_transaction');
  const amount = params.amount ?? charge?.amount;
  if (amount === undefined) throw invalid('Missing required param: amount.', 'amount', 'parameter_missing');
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (charge !== null) {
    const moved = books
      .all('transfer')
      .filter((transfer) => ref(transfer.source_transaction) === charge.id)
      .reduce((sum, transfer) => sum + transfer.amount, 0);
    if (moved + amount > charge.amount)
      throw invalid('The transfers of a charge cannot be more than the charge.', 'amount');
    if (charge.currency !== currency) throw invalid('The currency must be that of the source transaction.', 'currency');
  } else if ((sums(books).available.get(currency) ?? 0) < amount) {
    throw invalid('You have insufficient available funds in your Stripe account.', 'amount', 'balance_insufficient');
  }
  return newTransfer(books, {
    amount,
    currency,
    destination: account.id,
    source,
    at: books.now(),
    description: params.description ?? null,
    group: params.transfer_group ?? null,
    metadata: merged({}, params.metadata),
  });
}

const amounts = (found: Map<string, number>) =>
  [...found].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));

export const TRANSFERS: readonly RouteDefinition[] = [
  route('POST /v1/transfers', 'amount currency description destination source_transaction transfer_group', create),
  route('GET /v1/transfers/{}', '', (call) => call.books.find('transfer', pathId(call))),
  route('POST /v1/transfers/{}', 'description', (call) => {
    const params = paramsOf<Stripe.TransferUpdateParams>(call);
    const before = call.books.find('transfer', pathId(call));
    const transfer = call.books.change('transfer', before.id, {
      description: params.description ?? before.description,
      metadata: merged(before.metadata, given(params.metadata, undefined)),
    });
    call.books.emit('transfer.updated', transfer, before);
    return transfer;
  }),
  route('GET /v1/transfers', `${PAGED} created destination transfer_group`, (call) => {
    const { destination, transfer_group: group } = call.params;
    const found = call.books
      .all('transfer')
      .filter((transfer) => destination === undefined || ref(transfer.destination) === destination)
      .filter((transfer) => group === undefined || transfer.transfer_group === group);
    return page(call, found);
  }),
  route('POST /v1/transfers/{}/reversals', 'amount description', (call) => {
    const params = paramsOf<Stripe.TransferCreateReversalParams>(call);
    const transfer = call.books.find('transfer', pathId(call));
    const amount = params.amount ?? transfer.amount - transfer.amount_reversed;
    const account = call.books.at(idOf(transfer.destination as string));
    if ((sums(account).available.get(transfer.currency) ?? 0) < amount) {
      throw invalid(
        'The connected account has insufficient funds to reverse this transfer.',
        'amount',
        'balance_insufficient',
      );
    }
    return reverseTransfer(call.books, transfer.id, amount, {
      metadata: merged({}, given(params.metadata, undefined)),
    });
  }),
  route('GET /v1/transfers/{}/reversals', PAGED, (call) => call.books.find('transfer', pathId(call)).reversals),
  route('GET /v1/transfers/{}/reversals/{}', '', (call) => {
    const found = call.books.find('transfer_reversal', pathId(call, 1));
    if (idOf(found.transfer as string) !== pathId(call)) throw missing('transfer reversal', found.id);
    return found;
  }),
  route('GET /v1/balance', '', (call) => {
    const { available, pending } = sums(call.books);
    const currencies = new Set([...available.keys(), ...pending.keys()]);
    if (currencies.size === 0) currencies.add('eur');
    for (const currency of currencies) {
      available.set(currency, available.get(currency) ?? 0);
      pending.set(currency, pending.get(currency) ?? 0);
    }
    return { object: 'balance', available: amounts(available), livemode: false, pending: amounts(pending) };
  }),
  route('GET /v1/balance_transactions/{}', '', (call) =>
    current(call.books, call.books.find('balance_transaction', pathId(call))),
  ),
  route('GET /v1/balance_transactions', `${PAGED} created currency source type`, (call) => {
    const { currency, source, type } = call.params;
    const found = call.books
      .all('balance_transaction')
      .filter((transaction) => currency === undefined || transaction.currency === currency)
      .filter((transaction) => source === undefined || transaction.source === source)
      .filter((transaction) => type === undefined || transaction.type === type)
      .map((transaction) => current(call.books, transaction));
    return page(call, found);
  }),
  route('GET /v1/application_fees/{}', '', (call) => call.books.find('application_fee', pathId(call))),
  route('GET /v1/application_fees', `${PAGED} charge created`, (call) => {
    const { charge } = call.params;
    return page(
      call,
      call.books.all('application_fee').filter((fee) => charge === undefined || ref(fee.charge) === charge),
    );
  }),
  route('POST /v1/application_fees/{}/refunds', 'amount', (call) => {
    const { amount } = paramsOf<Stripe.ApplicationFeeCreateRefundParams>(call);
    const fee = call.books.find('application_fee', pathId(call));
    return refundFee(call.books, fee.id, amount ?? fee.amount - fee.amount_refunded, merged({}, call.params.metadata));
  }),
  route('GET /v1/application_fees/{}/refunds', PAGED, (call) => {
    const fee = call.books.find('application_fee', pathId(call));
    return listOf(call.path, fee.refunds.data);
  }),
];
