import type Stripe from 'stripe';
import { invalid, StripeError } from '../http/errors.ts';
import { type Books, ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';
import { attach, behaviourOfMethod, cardError, methodOf } from './methods.ts';

export function newSetupIntent(
  books: Books,
  terms: Partial<Pick<Stripe.SetupIntent, 'customer' | 'description' | 'payment_method' | 'usage' | 'metadata'>>,
): Stripe.SetupIntent {
  const id = newId('seti');
  const intent = books.insert('setup_intent', {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomText(25)}`,
    created: books.now(books.clockOfCustomer(ref(terms.customer))),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: terms.payment_method == null ? 'requires_payment_method' : 'requires_confirmation',
    usage: 'off_session',
    ...terms,
  });
  books.emit('setup_intent.created', intent);
  return intent;
}

/** Saves a payment method for later. @throws StripeError 402 when its issuer refuses */
export function confirmSetup(
  books: Books,
  id: string,
  confirmation: { method?: string | undefined; returnUrl?: string | null; proven?: boolean },
): Stripe.SetupIntent {
  const before = books.known('setup_intent', id);
  if (before.status === 'succeeded' || before.status === 'canceled') {
    throw new StripeError(400, `This SetupIntent is ${String(before.status)} already.`, {
      code: 'setup_intent_unexpected_state',
      setup_intent: before,
    });
  }
  const wanted = confirmation.method ?? ref(before.payment_method);
  if (wanted === null) throw invalid('This SetupIntent has no payment method.', 'payment_method', 'parameter_missing');
  const method = methodOf(books, wanted);
  const behaviour = behaviourOfMethod(books, method.id);
  const instrument = books.known('instrument', method.id);
  if (behaviour.authentication !== undefined && confirmation.proven !== true) {
    const waiting = books.change('setup_intent', id, {
      payment_method: method.id,
      status: 'requires_action',
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: {
          url: `${books.rules.origin}/authenticate/${id}?client_secret=${before.client_secret ?? ''}`,
          return_url: confirmation.returnUrl ?? null,
        },
      },
    });
    books.emit('setup_intent.requires_action', waiting);
    return waiting;
  }
  const customer = ref(before.customer);
  try {
    if (customer !== null) attach(books, method, customer);
    else if (behaviour.saveFails === true && behaviour.decline !== undefined) throw cardError(behaviour.decline, {});
  } catch (error) {
    if (!(error instanceof StripeError) || error.details.type !== 'card_error') throw error;
    const failed = books.change('setup_intent', id, {
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: { type: 'card_error', message: error.message },
    });
    books.emit('setup_intent.setup_failed', failed);
    throw new StripeError(402, error.message, { ...error.details, setup_intent: failed }, true);
  }
  books.change('instrument', method.id, { authenticated: confirmation.proven === true || instrument.authenticated });
  const done = books.change('setup_intent', id, {
    status: 'succeeded',
    payment_method: method.id,
    next_action: null,
    last_setup_error: null,
  });
  books.emit('setup_intent.succeeded', done);
  books.react('setup.succeeded', id);
  return done;
}
