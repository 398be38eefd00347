import type Stripe from 'stripe';
import { invalid, StripeError } from '../http/errors.ts';
import { LEAST_CHARGE, shownAmount } from '../money.ts';
import { type Books, ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';
import type { Behaviour } from './cards.ts';
import { newCharge, settle } from './charge.ts';
import { attach, behaviourOfMethod, cardError, methodOf } from './methods.ts';

type Intent = Stripe.PaymentIntent;

/** @throws StripeError 400 for amounts that cannot be charged */
export function newIntent(
  books: Books,
  terms: Pick<Intent, 'amount' | 'currency'> & Partial<Intent>,
  metadata: Stripe.Metadata = {},
): Intent {
  if (terms.amount < LEAST_CHARGE) {
    const least = shownAmount(LEAST_CHARGE, terms.currency);
    throw invalid(`Amount must be at least ${least}.`, 'amount', 'amount_too_small');
  }
  if (terms.amount > 99_999_999) throw invalid('Amount must be no more than 99999999.', 'amount', 'amount_too_large');
  const id = newId('pi');
  const intent = books.insert('payment_intent', {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: 'automatic',
    created: books.now(books.clockOfCustomer(ref(terms.customer))),
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status:
      terms.payment_method === undefined || terms.payment_method === null
        ? 'requires_payment_method'
        : 'requires_confirmation',
    transfer_data: null,
    transfer_group: null,
    ...terms,
  } as Intent);
  books.emit('payment_intent.created', intent);
  return intent;
}

export interface Confirmation {
  method?: string | undefined;
  offSession?: boolean;
  /** Where the holder is sent back to after proving themselves. */
  returnUrl?: string | null;
  /** The holder has proven themselves on the bank's page. */
  proven?: boolean;
  /** A holder who must prove themselves makes the payment fail instead of waiting. */
  errorOnAction?: boolean;
}

/**
 * Tries to take the money. Answers the intent as it is afterwards: succeeded, processing, requires_action or
 * requires_capture. @throws StripeError 402 when the card is declined; the failed charge stays on record
 */
export function confirm(books: Books, id: string, confirmation: Confirmation): Intent {
  const before = books.known('payment_intent', id);
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(before.status)) {
    throw new StripeError(400, unexpected(before), { code: 'payment_intent_unexpected_state', payment_intent: before });
  }
  const wanted = confirmation.method ?? ref(before.payment_method);
  if (wanted === null) {
    throw invalid(
      'You cannot confirm this PaymentIntent because it has no payment method.',
      'payment_method',
      'payment_intent_unexpected_state',
    );
  }
  const method = methodOf(books, wanted);
  const customer = ref(before.customer);
  if (method.customer !== null && ref(method.customer) !== customer) {
    throw invalid(
      'The provided PaymentMethod belongs to another Customer or to none that this request names.',
      'payment_method',
    );
  }
  const behaviour = behaviourOfMethod(books, method.id);
  const instrument = books.known('instrument', method.id);
  const offSession = confirmation.offSession === true;
  const mustProve =
    confirmation.proven !== true &&
    (behaviour.authentication === 'always' ||
      (behaviour.authentication === 'unless-set-up' && !instrument.authenticated));
  const intent = books.change('payment_intent', id, { payment_method: method.id, next_action: null });
  if (mustProve && (offSession || confirmation.errorOnAction === true)) {
    return fail(books, intent, method, behaviour, {
      code: 'authentication_required',
      decline: 'authentication_required',
      message: 'Your card was declined. This transaction requires authentication.',
    });
  }
  if (mustProve) {
    const waiting = books.change('payment_intent', id, {
      status: 'requires_action',
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: {
          url: `${books.rules.origin}/authenticate/${id}?client_secret=${before.client_secret ?? ''}`,
          return_url: confirmation.returnUrl ?? null,
        },
      },
    });
    books.emit('payment_intent.requires_action', waiting);
    books.react('intent.action', id);
    return waiting;
  }
  if (behaviour.decline !== undefined) return fail(books, intent, method, behaviour, behaviour.decline);
  if (intent.setup_future_usage !== null && customer !== null && method.customer === null) {
    attach(books, method, customer);
  }
  if (confirmation.proven === true) books.change('instrument', method.id, { authenticated: true });
  if (behaviour.processing !== undefined) return process(books, intent, method, behaviour);
  return succeed(books, intent, method, behaviour);
}

function succeed(books: Books, intent: Intent, method: Stripe.PaymentMethod, behaviour: Behaviour): Intent {
  const charge = newCharge(books, intent, method, 'succeeded', behaviour);
  if (intent.capture_method === 'manual') {
    books.emit('charge.succeeded', charge);
    const held = books.change('payment_intent', intent.id, {
      status: 'requires_capture',
      amount_capturable: intent.amount,
      latest_charge: charge.id,
    });
    books.emit('payment_intent.amount_capturable_updated', held);
    return held;
  }
  const settled = settle(books, charge, intent.amount, behaviour);
  books.emit('charge.succeeded', settled);
  return complete(books, intent, settled, behaviour);
}

function complete(books: Books, intent: Intent, charge: Stripe.Charge, behaviour: Behaviour): Intent {
  const done = books.change('payment_intent', intent.id, {
    status: 'succeeded',
    amount_received: charge.amount_captured,
    amount_capturable: 0,
    latest_charge: charge.id,
    last_payment_error: null,
    processing: null,
    next_action: null,
  });
  books.emit('payment_intent.succeeded', done);
  books.react('intent.succeeded', intent.id);
  if (behaviour.disputed !== undefined) books.react('dispute.wanted', charge.id);
  return books.known('payment_intent', intent.id);
}

function process(books: Books, intent: Intent, method: Stripe.PaymentMethod, behaviour: Behaviour): Intent {
  const charge = newCharge(books, intent, method, 'pending', behaviour);
  books.emit('charge.pending', charge);
  const waiting = books.change('payment_intent', intent.id, { status: 'processing', latest_charge: charge.id });
  books.emit('payment_intent.processing', waiting);
  const clock = books.clockOfCustomer(ref(intent.customer));
  books.schedule(clock, books.now(clock) + 5, 'intent.processed', intent.id);
  return waiting;
}

/** What the bank says some seconds later. */
export function processed(books: Books, id: string): void {
  const intent = books.get('payment_intent', id);
  if (intent?.status !== 'processing') return;
  const charge = books.known('charge', ref(intent.latest_charge) ?? '');
  const behaviour = behaviourOfMethod(books, charge.payment_method ?? '');
  if (behaviour.processing === 'succeeds') {
    const settled = settle(books, charge, intent.amount, behaviour);
    books.emit('charge.succeeded', settled);
    complete(books, intent, settled, behaviour);
    return;
  }
  const message = 'The customer’s account has insufficient funds to cover this payment.';
  const failed = books.change('charge', charge.id, {
    status: 'failed',
    failure_code: 'insufficient_funds',
    failure_message: message,
  });
  books.emit('charge.failed', failed);
  const open = books.change('payment_intent', id, {
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: {
      type: 'invalid_request_error',
      code: 'payment_method_provider_decline',
      message,
      charge: charge.id,
    },
  });
  books.emit('payment_intent.payment_failed', open);
  books.react('intent.failed', id);
}

function fail(
  books: Books,
  intent: Intent,
  method: Stripe.PaymentMethod,
  behaviour: Behaviour,
  refusal: { code: string; decline: string; message: string },
): never {
  const charge = newCharge(books, intent, method, 'failed', { ...behaviour, decline: refusal });
  books.emit('charge.failed', charge);
  const failed = books.change('payment_intent', intent.id, {
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: charge.id,
    next_action: null,
    last_payment_error: {
      type: 'card_error',
      code: refusal.code as Stripe.PaymentIntent.LastPaymentError.Code,
      decline_code: refusal.decline,
      message: refusal.message,
      charge: charge.id,
      payment_method: method,
    },
  });
  books.emit('payment_intent.payment_failed', failed);
  books.react('intent.failed', intent.id);
  throw cardError(refusal, { charge: charge.id, payment_intent: books.known('payment_intent', intent.id) });
}

export function cancelIntent(books: Books, id: string, reason: Stripe.PaymentIntent.CancellationReason | null): Intent {
  const intent = books.known('payment_intent', id);
  if (['succeeded', 'canceled', 'processing'].includes(intent.status)) {
    throw new StripeError(400, unexpected(intent), { code: 'payment_intent_unexpected_state', payment_intent: intent });
  }
  const canceled = books.change('payment_intent', id, {
    status: 'canceled',
    canceled_at: books.now(books.clockOfCustomer(ref(intent.customer))),
    cancellation_reason: reason,
    next_action: null,
    amount_capturable: 0,
  });
  books.emit('payment_intent.canceled', canceled);
  return canceled;
}

export function capture(books: Books, id: string, amount: number | undefined): Intent {
  const intent = books.known('payment_intent', id);
  if (intent.status !== 'requires_capture') {
    throw new StripeError(400, unexpected(intent), { code: 'payment_intent_unexpected_state', payment_intent: intent });
  }
  const wanted = amount ?? intent.amount_capturable;
  if (wanted < 1 || wanted > intent.amount_capturable) {
    throw invalid(
      'The amount to capture is not from 1 to the capturable amount.',
      'amount_to_capture',
      'amount_too_large',
    );
  }
  const charge = books.known('charge', ref(intent.latest_charge) ?? '');
  const behaviour = behaviourOfMethod(books, charge.payment_method ?? '');
  const settled = settle(books, charge, wanted, behaviour);
  books.emit('charge.captured', settled);
  return complete(books, intent, settled, behaviour);
}

function unexpected(intent: Intent): string {
  return `This PaymentIntent's status is ${intent.status}; what you ask for is not possible in it.`;
}
