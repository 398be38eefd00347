import type Stripe from 'stripe';
import { invalid, missing, StripeError } from '../http/errors.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';
import { type Behaviour, behaviourOf, isBank } from './cards.ts';

type BillingDetails = Stripe.PaymentMethod.BillingDetails;

const NOBODY: BillingDetails = { address: null, email: null, name: null, phone: null, tax_id: null };

/** Makes a payment method of a test instrument. */
export function newMethod(
  books: Books,
  behaviour: Behaviour,
  details: Partial<BillingDetails> = {},
  metadata: Stripe.Metadata = {},
): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    id: newId('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { ...NOBODY, ...details },
    created: books.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    ...(isBank(behaviour)
      ? { type: 'us_bank_account', us_bank_account: bank(behaviour) }
      : { type: 'card', card: card(behaviour) }),
  };
  books.insert('instrument', { id: method.id, token: behaviour.token, authenticated: false });
  return books.insert('payment_method', method);
}

function card(behaviour: Behaviour): Stripe.PaymentMethod.Card {
  return {
    brand: behaviour.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: behaviour.country,
    display_brand: behaviour.brand,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: `double${behaviour.number}`,
    funding: behaviour.funding,
    generated_from: null,
    last4: behaviour.number.slice(-4),
    networks: { available: [behaviour.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

function bank(behaviour: Behaviour): Stripe.PaymentMethod.UsBankAccount {
  return {
    account_holder_type: 'company',
    account_type: 'checking',
    bank_name: 'STRIPE TEST BANK',
    financial_connections_account: null,
    fingerprint: `double${behaviour.number}`,
    last4: behaviour.number.slice(-4),
    networks: { preferred: 'ach', supported: ['ach'] },
    routing_number: '110000000',
    status_details: null,
  };
}

/** A payment method by its id, or a fresh one of a test token. */
export function methodOf(books: Books, id: string, param = 'payment_method'): Stripe.PaymentMethod {
  const behaviour = behaviourOf(id);
  if (behaviour !== undefined) return newMethod(books, behaviour);
  const found = books.get('payment_method', id);
  if (found === undefined) throw missing('PaymentMethod', id, param);
  return found;
}

export function behaviourOfMethod(books: Books, method: string): Behaviour {
  const token = books.known('instrument', method).token;
  const behaviour = behaviourOf(token);
  if (behaviour === undefined) throw new Error(`The state is broken: no test instrument ${token}`);
  return behaviour;
}

/** Saves a payment method with a customer. @throws StripeError 402 for a card that its issuer refuses to save */
export function attach(books: Books, method: Stripe.PaymentMethod, customer: string): Stripe.PaymentMethod {
  if (ref(method.customer) === customer) return method;
  if (method.customer !== null) {
    throw invalid('The payment method you provided has already been attached to a customer.', 'payment_method');
  }
  const behaviour = behaviourOfMethod(books, method.id);
  if (behaviour.saveFails === true && behaviour.decline !== undefined) throw cardError(behaviour.decline, {});
  const attached = books.change('payment_method', method.id, { customer });
  books.emit('payment_method.attached', attached);
  return attached;
}

export function detach(books: Books, method: Stripe.PaymentMethod): Stripe.PaymentMethod {
  const customer = ref(method.customer);
  if (customer === null) {
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  }
  const detached = books.change('payment_method', method.id, { customer: null });
  const owner = books.get('customer', customer);
  if (owner !== undefined && ref(owner.invoice_settings.default_payment_method) === method.id) {
    const changed = books.change('customer', customer, {
      invoice_settings: { ...owner.invoice_settings, default_payment_method: null },
    });
    books.emit('customer.updated', changed, owner);
  }
  books.emit('payment_method.detached', detached, { ...detached, customer });
  return detached;
}

/** The card's refusal in Stripe's envelope; what was attempted stays on record. */
export function cardError(
  refusal: { code: string; decline: string; message: string },
  about: { payment_intent?: unknown; setup_intent?: unknown; charge?: string },
): StripeError {
  const details = { type: 'card_error', code: refusal.code, decline_code: refusal.decline, ...about } as const;
  return new StripeError(402, refusal.message, details, Object.keys(about).length > 0);
}
