import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid, StripeError } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedAmount, checkedCurrency } from '../money.ts';
import { type Confirmation, cancelIntent, capture, confirm, newIntent } from '../payments/intents.ts';
import { methodOf } from '../payments/methods.ts';
import { type Books, ref } from '../state/books.ts';

type Intent = Stripe.PaymentIntent;

/** The connected account that a payment names. @throws StripeError 400 */
export function destinationOf(books: Books, id: string, param = 'transfer_data[destination]'): string {
  return books.at(null).find('account', id, param).id;
}

function create(call: Call): Intent {
  const params = paramsOf<Stripe.PaymentIntentCreateParams>(call);
  const { books } = call;
  if (params.customer !== undefined) books.find('customer', params.customer, 'customer');
  const fee = params.application_fee_amount;
  if (typeof fee === 'number' && (fee < 0 || fee > params.amount)) {
    throw invalid('The application fee must be from 0 to the amount.', 'application_fee_amount');
  }
  const data = params.transfer_data;
  if (fee !== undefined && data === undefined && books.account === null) {
    throw invalid(
      'Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment or a destination payment.',
      'application_fee_amount',
    );
  }
  const destination = data === undefined ? null : destinationOf(books, data.destination);
  const method = params.payment_method === undefined ? null : methodOf(books, params.payment_method).id;
  const automatic = params.automatic_payment_methods;
  const intent = newIntent(
    books,
    {
      amount: checkedAmount(params.amount, checkedCurrency(params.currency), 'amount'),
      currency: checkedCurrency(params.currency),
      customer: params.customer ?? null,
      application_fee_amount: fee ?? null,
      automatic_payment_methods:
        automatic !== undefined || params.allowed_payment_method_types === undefined
          ? { allow_redirects: automatic?.allow_redirects ?? 'always', enabled: automatic?.enabled ?? true }
          : null,
      capture_method: params.capture_method ?? 'automatic_async',
      confirmation_method: params.confirmation_method ?? 'automatic',
      description: params.description ?? null,
      on_behalf_of: params.on_behalf_of ?? null,
      payment_method: method,
      allowed_payment_method_types: params.allowed_payment_method_types ?? null,
      payment_method_types: params.allowed_payment_method_types ?? ['card'],
      receipt_email: params.receipt_email === undefined || params.receipt_email === '' ? null : params.receipt_email,
      setup_future_usage: params.setup_future_usage ?? null,
      statement_descriptor: params.statement_descriptor ?? null,
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
      transfer_data:
        destination === null ? null : { destination, ...(data?.amount === undefined ? {} : { amount: data.amount }) },
      transfer_group: params.transfer_group ?? null,
    },
    merged({}, params.metadata),
  );
  if (params.confirm !== true) {
    if (params.off_session !== undefined) throw invalid('off_session is only valid with confirm=true.', 'off_session');
    return intent;
  }
  return confirm(books, intent.id, {
    offSession: params.off_session === true,
    returnUrl: params.return_url ?? null,
    errorOnAction: params.error_on_requires_action === true,
  });
}

function update(call: Call): Intent {
  const params = paramsOf<Stripe.PaymentIntentUpdateParams>(call);
  const { books } = call;
  const before = books.find('payment_intent', pathId(call));
  if (['succeeded', 'canceled'].includes(before.status)) {
    const onlyNotes = Object.keys(params).every((name) => ['metadata', 'description', 'expand'].includes(name));
    if (!onlyNotes) {
      throw new StripeError(400, `This PaymentIntent could not be updated because it is ${before.status}.`, {
        code: 'payment_intent_unexpected_state',
        payment_intent: before,
      });
    }
  }
  const method =
    params.payment_method === undefined ? ref(before.payment_method) : methodOf(books, params.payment_method).id;
  return books.change('payment_intent', before.id, {
    amount: params.amount ?? before.amount,
    currency: params.currency === undefined ? before.currency : checkedCurrency(params.currency),
    customer:
      params.customer === undefined ? ref(before.customer) : books.find('customer', params.customer, 'customer').id,
    description: params.description ?? before.description,
    metadata: merged(before.metadata, params.metadata),
    payment_method: method,
    receipt_email: given(params.receipt_email, before.receipt_email),
    setup_future_usage: given(params.setup_future_usage, before.setup_future_usage),
    ...(before.status === 'requires_payment_method' && method !== null
      ? { status: 'requires_confirmation' as const }
      : {}),
  });
}

function confirmCall(call: Call): Intent {
  const params = paramsOf<Stripe.PaymentIntentConfirmParams>(call);
  const { books } = call;
  const before = books.find('payment_intent', pathId(call));
  if (params.setup_future_usage !== undefined) {
    books.change('payment_intent', before.id, { setup_future_usage: given(params.setup_future_usage, null) });
  }
  const confirmation: Confirmation = {
    method: params.payment_method,
    offSession: params.off_session === true,
    returnUrl: params.return_url ?? null,
    errorOnAction: params.error_on_requires_action === true,
  };
  return confirm(books, before.id, confirmation);
}

const TERMS = `amount currency customer description metadata payment_method receipt_email setup_future_usage
  application_fee_amount transfer_data.amount transfer_data.destination transfer_group statement_descriptor
  statement_descriptor_suffix allowed_payment_method_types capture_method`;

export const PAYMENT_INTENTS: readonly RouteDefinition[] = [
  route(
    'POST /v1/payment_intents',
    `${TERMS} confirm off_session on_behalf_of return_url automatic_payment_methods confirmation_method
     error_on_requires_action`,
    create,
  ),
  route('GET /v1/payment_intents/{}', 'client_secret', (call) => call.books.find('payment_intent', pathId(call))),
  route(
    'POST /v1/payment_intents/{}',
    'amount currency customer description payment_method receipt_email setup_future_usage',
    update,
  ),
  route(
    'POST /v1/payment_intents/{}/confirm',
    'payment_method off_session return_url setup_future_usage error_on_requires_action use_stripe_sdk',
    confirmCall,
  ),
  route('POST /v1/payment_intents/{}/capture', 'amount_to_capture', (call) => {
    const { amount_to_capture: amount } = paramsOf<Stripe.PaymentIntentCaptureParams>(call);
    return capture(call.books, call.books.find('payment_intent', pathId(call)).id, amount);
  }),
  route('POST /v1/payment_intents/{}/cancel', 'cancellation_reason', (call) => {
    const { cancellation_reason: reason } = paramsOf<Stripe.PaymentIntentCancelParams>(call);
    return cancelIntent(call.books, call.books.find('payment_intent', pathId(call)).id, reason ?? null);
  }),
  route('GET /v1/payment_intents', `${PAGED} created customer`, (call) => {
    const { customer } = call.params;
    const all = call.books.all('payment_intent');
    return page(call, customer === undefined ? all : all.filter((intent) => ref(intent.customer) === customer));
  }),
];
