import type Stripe from 'stripe';
import { paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { methodOf } from '../payments/methods.ts';
import { confirmSetup, newSetupIntent } from '../payments/setup-intents.ts';
import { ref } from '../state/books.ts';

export const SETUP_INTENTS: readonly RouteDefinition[] = [
  route(
    'POST /v1/setup_intents',
    'customer description payment_method usage confirm return_url automatic_payment_methods',
    (call) => {
      const params = paramsOf<Stripe.SetupIntentCreateParams>(call);
      const { books } = call;
      if (params.customer !== undefined) books.find('customer', params.customer, 'customer');
      const method = params.payment_method === undefined ? null : methodOf(books, params.payment_method).id;
      const intent = newSetupIntent(books, {
        customer: params.customer ?? null,
        description: params.description ?? null,
        payment_method: method,
        usage: params.usage ?? 'off_session',
        metadata: merged({}, params.metadata),
      });
      return params.confirm === true
        ? confirmSetup(books, intent.id, { returnUrl: params.return_url ?? null })
        : intent;
    },
  ),
  route('GET /v1/setup_intents/{}', 'client_secret', (call) => call.books.find('setup_intent', pathId(call))),
  route('POST /v1/setup_intents/{}', 'customer description payment_method', (call) => {
    const params = paramsOf<Stripe.SetupIntentUpdateParams>(call);
    const { books } = call;
    const before = books.find('setup_intent', pathId(call));
    const method =
      params.payment_method === undefined ? ref(before.payment_method) : methodOf(books, params.payment_method).id;
    return books.change('setup_intent', before.id, {
      customer: params.customer ?? ref(before.customer),
      description: params.description ?? before.description,
      metadata: merged(before.metadata, params.metadata),
      payment_method: method,
      ...(method !== null && before.status === 'requires_payment_method'
        ? { status: 'requires_confirmation' as const }
        : {}),
    });
  }),
  route('POST /v1/setup_intents/{}/confirm', 'payment_method return_url use_stripe_sdk', (call) => {
    const params = paramsOf<Stripe.SetupIntentConfirmParams>(call);
    const intent = call.books.find('setup_intent', pathId(call));
    return confirmSetup(call.books, intent.id, { method: params.payment_method, returnUrl: params.return_url ?? null });
  }),
  route('POST /v1/setup_intents/{}/cancel', 'cancellation_reason', (call) => {
    const params = paramsOf<Stripe.SetupIntentCancelParams>(call);
    const intent = call.books.find('setup_intent', pathId(call));
    if (intent.status === 'succeeded' || intent.status === 'canceled') {
      throw invalid(
        `A SetupIntent that is ${intent.status} cannot be canceled.`,
        'id',
        'setup_intent_unexpected_state',
      );
    }
    const canceled = call.books.change('setup_intent', intent.id, {
      status: 'canceled',
      cancellation_reason: params.cancellation_reason ?? null,
      next_action: null,
    });
    call.books.emit('setup_intent.canceled', canceled);
    return canceled;
  }),
  route('GET /v1/setup_intents', `${PAGED} created customer payment_method`, (call) => {
    const { customer, payment_method: method } = call.params;
    const found = call.books
      .all('setup_intent')
      .filter((i) => customer === undefined || ref(i.customer) === customer)
      .filter((i) => method === undefined || ref(i.payment_method) === method);
    return page(call, found);
  }),
];
