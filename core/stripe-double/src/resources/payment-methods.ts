import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid, notImplemented } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { behaviourOf, behaviourOfNumber } from '../payments/cards.ts';
import { attach, detach, methodOf, newMethod } from '../payments/methods.ts';
import { ref } from '../state/books.ts';
import { addressOf } from './address.ts';

function detailsOf(
  given: Stripe.PaymentMethodCreateParams.BillingDetails | undefined,
): Partial<Stripe.PaymentMethod.BillingDetails> {
  if (given === undefined) return {};
  const text = (value: string | undefined | null) => (value === undefined || value === '' ? null : value);
  return {
    address: addressOf(given.address),
    email: text(given.email),
    name: text(given.name),
    phone: text(given.phone),
  };
}

function create(call: Call): Stripe.PaymentMethod {
  const params = paramsOf<Stripe.PaymentMethodCreateParams>(call);
  const details = detailsOf(params.billing_details);
  const metadata = merged({}, params.metadata);
  if (params.type !== 'card')
    throw notImplemented(`payment methods of type ${String(params.type)} (there are test tokens)`);
  const card = params.card;
  if (card === undefined) throw invalid('Missing required param: card.', 'card', 'parameter_missing');
  const behaviour =
    'token' in card ? behaviourOf(`pm_card_${card.token.replace(/^tok_/, '')}`) : behaviourOfNumber(card.number ?? '');
  if (behaviour === undefined) throw invalid('Your card number is incorrect.', 'card[number]', 'incorrect_number');
  return newMethod(call.books, behaviour, details, metadata);
}

export const PAYMENT_METHODS: readonly RouteDefinition[] = [
  route('POST /v1/payment_methods', 'type card billing_details allow_redisplay', create),
  route('GET /v1/payment_methods/{}', '', (call) => methodOf(call.books, pathId(call), 'id')),
  route('POST /v1/payment_methods/{}', 'billing_details card.exp_month card.exp_year allow_redisplay', (call) => {
    const params = paramsOf<Stripe.PaymentMethodUpdateParams>(call);
    const { books } = call;
    const before = books.find('payment_method', pathId(call));
    const month = params.card?.exp_month ?? before.card?.exp_month ?? 12;
    const year = params.card?.exp_year ?? before.card?.exp_year ?? 2034;
    const details = detailsOf(params.billing_details as Stripe.PaymentMethodCreateParams.BillingDetails | undefined);
    const method = books.change('payment_method', before.id, {
      billing_details: { ...before.billing_details, ...details },
      metadata: merged(before.metadata, params.metadata),
      ...(before.card === undefined ? {} : { card: { ...before.card, exp_month: month, exp_year: year } }),
    });
    books.emit('payment_method.updated', method, before);
    return method;
  }),
  route('POST /v1/payment_methods/{}/attach', 'customer', (call) => {
    const { customer } = paramsOf<Stripe.PaymentMethodAttachParams>(call);
    const owner = call.books.find('customer', customer ?? '', 'customer');
    return attach(call.books, methodOf(call.books, pathId(call), 'id'), owner.id);
  }),
  route('POST /v1/payment_methods/{}/detach', '', (call) =>
    detach(call.books, call.books.find('payment_method', pathId(call))),
  ),
  route('GET /v1/payment_methods', `${PAGED} customer type`, (call) => {
    const { customer, type } = call.params;
    const found = call.books
      .all('payment_method')
      .filter((m) => (customer === undefined ? m.customer === null : ref(m.customer) === customer))
      .filter((m) => type === undefined || m.type === type);
    return page(call, found);
  }),
];
