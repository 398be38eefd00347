import type Stripe from 'stripe';
import { createSubscription } from '../billing/create-subscription.ts';
import { redeem } from '../billing/discounts.ts';
import { draft } from '../billing/draft-invoice.ts';
import { finalize, pay } from '../billing/invoices.ts';
import { priceLine } from '../billing/lines.ts';
import { invalid, StripeError } from '../http/errors.ts';
import { merged } from '../http/metadata.ts';
import { behaviourOfNumber } from '../payments/cards.ts';
import { confirm, newIntent } from '../payments/intents.ts';
import { attach, newMethod } from '../payments/methods.ts';
import { confirmSetup, newSetupIntent } from '../payments/setup-intents.ts';
import { addressOf } from '../resources/address.ts';
import {
  doneUrl,
  openSession,
  type PaymentData,
  type SubscriptionData,
  sessionAmounts,
} from '../resources/checkout-session.ts';
import { type Books, ref } from '../state/books.ts';
import type { CheckoutSession, SessionPlan } from '../state/tables.ts';
import { complete } from './complete-session.ts';
import { customerOf, type PaymentForm } from './session-customer.ts';

/** Where the browser goes next. */
export type PaymentOutcome = { to: string } | { done: CheckoutSession };

/** Pays an open session. @throws StripeError 402 when the card is declined: the session stays open */
export function paySession(books: Books, id: string, form: PaymentForm): PaymentOutcome {
  const session = withPromotion(books, openSession(books, id), form.promotionCode);
  const plan = books.known('session_plan', id);
  const customer = customerOf(books, session, plan, form);
  const free =
    session.mode === 'subscription' &&
    session.payment_method_collection === 'if_required' &&
    (session.amount_total ?? 0) === 0;
  const method = form.card === undefined && free ? null : methodOf(books, form);
  if (session.mode === 'setup') return paySetup(books, session, plan, customer, method);
  if (session.mode === 'subscription') return paySubscription(books, session, plan, customer ?? '', method);
  return payOnce(books, session, plan, customer, method ?? '');
}

function withPromotion(books: Books, session: CheckoutSession, code: string | undefined): CheckoutSession {
  if (code === undefined || code === '') return session;
  if (session.allow_promotion_codes !== true) throw invalid('This session takes no promotion codes.', 'promotionCode');
  const found = books.all('promotion_code').find((one) => one.active && one.code.toLowerCase() === code.toLowerCase());
  if (found === undefined) throw invalid('This code is invalid.', 'promotionCode');
  return books.change('checkout.session', session.id, { discounts: [{ coupon: null, promotion_code: found.id }] });
}

function methodOf(books: Books, form: PaymentForm): string {
  const behaviour = behaviourOfNumber(form.card ?? '');
  if (behaviour === undefined)
    throw new StripeError(402, 'Your card number is invalid.', { type: 'card_error', code: 'incorrect_number' });
  const address =
    form.country === undefined ? null : addressOf({ country: form.country, postal_code: form.postalCode ?? '' });
  return newMethod(books, behaviour, { email: form.email ?? null, name: form.name ?? null, address }).id;
}

function paySetup(
  books: Books,
  session: CheckoutSession,
  plan: SessionPlan,
  customer: string | null,
  method: string | null,
): PaymentOutcome {
  const intent = newSetupIntent(books, {
    customer,
    payment_method: method,
    metadata: merged({}, plan.setup.metadata),
  });
  books.change('checkout.session', session.id, { setup_intent: intent.id, customer });
  books.link(`session:${intent.id}`, session.id);
  const after = confirmSetup(books, intent.id, { returnUrl: doneUrl(session) });
  return next(books, session.id, after.next_action?.redirect_to_url?.url ?? null);
}

function paySubscription(
  books: Books,
  session: CheckoutSession,
  plan: SessionPlan,
  customer: string,
  method: string | null,
): PaymentOutcome {
  const data = plan.subscription as SubscriptionData;
  if (method !== null) attach(books, books.known('payment_method', method), customer);
  const recurring = plan.lines.filter((line) => books.known('price', line.price).type === 'recurring');
  const once = plan.lines.filter((line) => !recurring.includes(line));
  const item = (line: { price: string; quantity: number }) => {
    const metered = books.known('price', line.price).recurring?.usage_type === 'metered';
    return metered ? { price: line.price } : { price: line.price, quantity: line.quantity };
  };
  const wanted = session.discounts?.[0];
  const coupon = ref(wanted?.coupon ?? null);
  const code = ref(wanted?.promotion_code ?? null);
  const params: Stripe.SubscriptionCreateParams = {
    customer,
    items: recurring.map(item),
    ...(once.length === 0 ? {} : { add_invoice_items: once.map(item) }),
    ...(method === null ? {} : { default_payment_method: method }),
    ...(coupon === null && code === null
      ? {}
      : { discounts: [code === null ? { coupon: coupon ?? '' } : { promotion_code: code }] }),
    ...(session.automatic_tax.enabled ? { automatic_tax: { enabled: true } } : {}),
    ...data,
  };
  const subscription = createSubscription(books, params, { session: session.id, leaveOpen: true });
  const invoice = String(subscription.latest_invoice);
  books.change('checkout.session', session.id, { subscription: subscription.id, customer, invoice });
  if (books.known('invoice', invoice).status !== 'open') return next(books, complete(books, session.id).id, null);
  const intent = books.linked(`invoice:${invoice}`) ?? '';
  books.link(`session:${intent}`, session.id);
  pay(books, invoice, { method, offSession: false });
  return next(books, session.id, actionOf(books, session, intent));
}

function payOnce(
  books: Books,
  session: CheckoutSession,
  plan: SessionPlan,
  customer: string | null,
  method: string,
): PaymentOutcome {
  const data = plan.payment as PaymentData;
  const wanted = session.discounts?.[0];
  const coupon = ref(wanted?.coupon ?? null);
  const code = ref(wanted?.promotion_code ?? null);
  const choice =
    coupon === null && code === null ? null : code === null ? { coupon: coupon ?? '' } : { promotion_code: code };
  const amounts = sessionAmounts(books, plan.lines, {
    mode: 'payment',
    customer,
    automaticTax: session.automatic_tax.enabled,
    discount: choice,
    trial: false,
  });
  books.change('checkout.session', session.id, { ...amounts, customer });
  if (session.invoice_creation?.enabled === true && customer !== null) {
    const now = books.now(books.clockOfCustomer(customer));
    const drafted = draft(books, {
      customer,
      reason: 'manual',
      lines: plan.lines.map((line) => priceLine(books, books.known('price', line.price), line.quantity, now)),
      period: { start: now, end: now },
      currency: amounts.currency ?? 'eur',
      automaticTax: session.automatic_tax.enabled,
      discounts: choice === null ? [] : [redeem(books, choice, { customer, session: session.id }).id],
      withPending: false,
      metadata: session.invoice_creation.invoice_data.metadata ?? {},
      description: session.invoice_creation.invoice_data.description,
      fee: { amount: data.application_fee_amount ?? null, destination: data.transfer_data?.destination ?? null },
    });
    books.change('checkout.session', session.id, { invoice: drafted.id });
    const open = finalize(books, drafted.id);
    if (open.status === 'paid') return next(books, complete(books, session.id).id, null);
    const intent = books.linked(`invoice:${open.id}`) ?? '';
    books.change('payment_intent', intent, {
      metadata: merged({}, data.metadata),
      description: data.description ?? null,
    });
    books.change('checkout.session', session.id, { payment_intent: intent });
    books.link(`session:${intent}`, session.id);
    pay(books, open.id, { method, offSession: false });
    return next(books, session.id, actionOf(books, session, intent));
  }
  if (choice !== null && customer !== null) redeem(books, choice, { customer, session: session.id });
  if (amounts.amount_total === 0) return next(books, complete(books, session.id).id, null);
  const intent = newIntent(
    books,
    {
      amount: amounts.amount_total ?? 0,
      currency: amounts.currency ?? 'eur',
      customer,
      description: data.description ?? null,
      receipt_email: data.receipt_email ?? null,
      application_fee_amount: data.application_fee_amount ?? null,
      setup_future_usage: data.setup_future_usage ?? null,
      transfer_data: data.transfer_data === undefined ? null : { destination: data.transfer_data.destination },
      transfer_group: data.transfer_group ?? null,
      capture_method: data.capture_method ?? 'automatic_async',
    },
    merged({}, data.metadata),
  );
  books.change('checkout.session', session.id, { payment_intent: intent.id });
  books.link(`session:${intent.id}`, session.id);
  confirm(books, intent.id, { method, returnUrl: doneUrl(session) });
  return next(books, session.id, actionOf(books, session, intent.id));
}

function actionOf(books: Books, session: CheckoutSession, intent: string): string | null {
  const { next_action: action, status } = books.known('payment_intent', intent);
  if (status === 'processing' || status === 'requires_capture') complete(books, session.id);
  const redirect = action?.redirect_to_url;
  if (redirect === undefined) return null;
  books.change('payment_intent', intent, {
    next_action: { type: 'redirect_to_url', redirect_to_url: { url: redirect.url, return_url: doneUrl(session) } },
  });
  return redirect.url;
}

function next(books: Books, id: string, action: string | null): PaymentOutcome {
  const session = books.known('checkout.session', id);
  return session.status === 'complete' || action === null ? { done: session } : { to: action };
}
