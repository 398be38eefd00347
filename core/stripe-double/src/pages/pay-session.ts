import type Stripe from 'stripe';
import { createSubscription } from '../billing/create-subscription.ts';
import { redeem } from '../billing/discounts.ts';
import { draft } from '../billing/draft-invoice.ts';
import { finalize, pay, voidInvoice } from '../billing/invoices.ts';
import { priceLine } from '../billing/lines.ts';
import { expireIncomplete } from '../billing/subscriptions.ts';
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
import { newTaxId } from '../resources/tax-ids.ts';
import { type Books, ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';
import type { CheckoutSession, SessionPlan } from '../state/tables.ts';

/** What somebody typed into the payment page. */
export interface PaymentForm {
  card?: string;
  email?: string;
  name?: string;
  country?: string;
  postalCode?: string;
  taxId?: string;
  promotionCode?: string;
}

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

function customerOf(books: Books, session: CheckoutSession, plan: SessionPlan, form: PaymentForm): string | null {
  const known = ref(session.customer);
  const address =
    form.country === undefined || form.country === ''
      ? null
      : addressOf({ country: form.country, postal_code: form.postalCode ?? '' });
  if (known !== null) {
    const before = books.known('customer', known);
    if (plan.locationTax && address !== null) {
      books.emit(
        'customer.updated',
        books.change('customer', known, { address, name: before.name ?? form.name ?? null }),
        before,
      );
    }
    if (session.tax_id_collection?.enabled === true && form.taxId !== undefined && form.taxId !== '')
      newTaxId(books, known, 'eu_vat', form.taxId);
    return known;
  }
  const needed =
    session.mode !== 'payment' ||
    session.customer_creation === 'always' ||
    plan.payment.setup_future_usage !== undefined ||
    session.automatic_tax.enabled ||
    session.invoice_creation?.enabled === true;
  if (!needed) return null;
  const email = form.email ?? session.customer_email;
  if (email === null || email === '') throw invalid('An e-mail address is needed.', 'email');
  const customer = books.insert('customer', {
    id: newId('cus'),
    object: 'customer',
    address,
    balance: 0,
    created: books.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    email,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: form.name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
  books.emit('customer.created', customer);
  if (form.taxId !== undefined && form.taxId !== '') newTaxId(books, customer.id, 'eu_vat', form.taxId);
  return customer.id;
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

/** The session is done: paid, set up, or on its way. */
export function complete(books: Books, id: string): CheckoutSession {
  const before = books.known('checkout.session', id);
  if (before.status !== 'open') return before;
  const invoice = books.get('invoice', ref(before.invoice) ?? '');
  const intent = books.get('payment_intent', ref(before.payment_intent) ?? '');
  const customer = books.get('customer', ref(before.customer) ?? '');
  const method = books.get('payment_method', ref(intent?.payment_method ?? null) ?? '');
  const waiting = intent?.status === 'processing';
  const total = invoice === undefined ? before.amount_total : invoice.total;
  const email = customer?.email ?? method?.billing_details.email ?? before.customer_email;
  const session = books.change('checkout.session', id, {
    status: 'complete',
    url: null,
    ...(invoice === undefined
      ? {}
      : {
          amount_subtotal: invoice.subtotal,
          amount_total: invoice.total,
          total_details: {
            amount_discount: (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0),
            amount_shipping: 0,
            amount_tax: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
          },
        }),
    automatic_tax: before.automatic_tax.enabled
      ? { ...before.automatic_tax, status: 'complete' }
      : before.automatic_tax,
    payment_status: waiting ? 'unpaid' : before.mode === 'setup' || total === 0 ? 'no_payment_required' : 'paid',
    customer_details: {
      address: customer?.address ?? method?.billing_details.address ?? null,
      business_name: null,
      email,
      individual_name: null,
      name: customer?.name ?? method?.billing_details.name ?? null,
      phone: null,
      tax_exempt: (customer?.tax_exempt ?? 'none') as 'none',
      tax_ids: [],
    },
  });
  books.emit('checkout.session.completed', session);
  return session;
}

/** An intent of a session went through: the session is complete, or its late payment has come. */
export function sessionIntentSucceeded(books: Books, intent: string): void {
  const id = books.linked(`session:${intent}`);
  if (id === undefined) return;
  const session = books.known('checkout.session', id);
  if (session.status === 'open') complete(books, id);
  else if (session.payment_status === 'unpaid') {
    const paid = books.change('checkout.session', id, { payment_status: 'paid' });
    books.emit('checkout.session.async_payment_succeeded', paid);
  }
}

/** An intent of a session failed: a subscription that began for it is no more, and the session stays open. */
export function sessionIntentFailed(books: Books, intent: string): void {
  const id = books.linked(`session:${intent}`);
  if (id === undefined) return;
  const session = books.known('checkout.session', id);
  if (session.status === 'complete' && session.payment_status === 'unpaid') {
    books.emit('checkout.session.async_payment_failed', session);
  } else if (session.subscription !== null) {
    expireIncomplete(books, ref(session.subscription) ?? '');
    const invoice = ref(session.invoice) ?? '';
    if (books.get('invoice', invoice)?.status === 'open') voidInvoice(books, invoice);
    books.change('checkout.session', id, { subscription: null, invoice: null });
  }
}
