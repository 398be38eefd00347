import type Stripe from 'stripe';
import { couponOf } from '../billing/discounts.ts';
import { checkTogether, priceOf } from '../billing/subscription-terms.ts';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';
import type { CheckoutSession, SessionLine } from '../state/tables.ts';
import { expireSession, lineItems, openSession, sessionAmounts } from './checkout-session.ts';

type Params = Stripe.Checkout.SessionCreateParams;

function linesOf(call: Call, params: Params): SessionLine[] {
  const { books } = call;
  const given = params.line_items ?? [];
  if (params.mode === 'setup') {
    if (given.length > 0) throw invalid('line_items are not allowed in setup mode.', 'line_items');
    return [];
  }
  if (given.length === 0) throw invalid('Missing required param: line_items.', 'line_items', 'parameter_missing');
  const lines = given.map((item, i): SessionLine => {
    const price = priceOf(books, item, `line_items[${i}]`);
    const metered = price.recurring?.usage_type === 'metered';
    if (metered && item.quantity !== undefined)
      throw invalid('Metered prices take no quantity.', `line_items[${i}][quantity]`);
    if (!metered && item.quantity === undefined) {
      throw invalid(
        `Missing required param: line_items[${i}][quantity].`,
        `line_items[${i}][quantity]`,
        'parameter_missing',
      );
    }
    if (!price.active) throw invalid('The price specified is inactive.', `line_items[${i}][price]`);
    if (params.mode === 'payment' && price.type === 'recurring') {
      throw invalid('You specified `payment` mode but passed a recurring price.', `line_items[${i}][price]`);
    }
    return { id: newId('li'), price: price.id, quantity: item.quantity ?? 1 };
  });
  const prices = lines.map((line) => books.known('price', line.price));
  const recurring = prices.filter((price) => price.type === 'recurring');
  if (params.mode === 'subscription' && recurring.length === 0) {
    throw invalid('You must provide at least one recurring price in `subscription` mode.', 'line_items');
  }
  checkTogether(recurring);
  return lines;
}

function create(call: Call): CheckoutSession {
  const params = paramsOf<Params>(call);
  const { books } = call;
  const mode = params.mode ?? 'payment';
  if (params.ui_mode !== undefined && params.ui_mode !== 'hosted_page') {
    throw invalid('The double only has hosted pages.', 'ui_mode');
  }
  if (params.success_url === undefined)
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  for (const name of ['success_url', 'cancel_url'] as const) {
    const url = params[name];
    if (url !== undefined && !URL.canParse(url.replaceAll('{CHECKOUT_SESSION_ID}', 'x')))
      throw invalid('Not a valid URL', name, 'url_invalid');
  }
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalid('You may only specify one of these parameters: customer, customer_email.', 'customer_email');
  }
  const customer = params.customer === undefined ? null : books.find('customer', params.customer, 'customer');
  const discount = params.discounts?.[0] ?? null;
  if (discount !== null && params.allow_promotion_codes === true) {
    throw invalid('You may only specify one of these parameters: allow_promotion_codes, discounts.', 'discounts');
  }
  if (discount !== null) couponOf(books, discount, customer?.id ?? null);
  const lines = linesOf(call, params);
  const now = books.now(ref(customer?.test_clock ?? null));
  const expires = params.expires_at ?? now + 24 * 3600;
  if (expires < now + 1800 || expires > now + 24 * 3600) {
    throw invalid('The `expires_at` timestamp must be from 30 minutes to 24 hours from now.', 'expires_at');
  }
  const data = params.subscription_data;
  if (data !== undefined && mode !== 'subscription')
    throw invalid('subscription_data needs subscription mode.', 'subscription_data');
  if (params.payment_intent_data !== undefined && mode !== 'payment') {
    throw invalid('payment_intent_data needs payment mode.', 'payment_intent_data');
  }
  const automaticTax = params.automatic_tax?.enabled ?? false;
  if (automaticTax && customer !== null && customer.address == null && params.customer_update?.address !== 'auto') {
    throw invalid(
      'Automatic tax calculation in Checkout requires a valid address on the Customer, or customer_update[address]=auto.',
      'customer_update[address]',
      'customer_tax_location_invalid',
    );
  }
  const trial = data?.trial_period_days !== undefined || data?.trial_end !== undefined;
  const id = `cs_test_${randomText(58)}`;
  const amounts =
    mode === 'setup'
      ? { amount_subtotal: null, amount_total: null, currency: params.currency ?? null, total_details: null }
      : sessionAmounts(books, lines, { mode, customer: customer?.id ?? null, automaticTax, discount, trial });
  books.insert('session_plan', {
    id,
    lines,
    subscription: (data ?? {}) as Record<string, unknown>,
    payment: (params.payment_intent_data ?? {}) as Record<string, unknown>,
    setup: (params.setup_intent_data ?? {}) as Record<string, unknown>,
    locationTax: params.customer_update?.address === 'auto' || customer === null,
  });
  const session = books.insert('checkout.session', {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: null,
    ...amounts,
    automatic_tax: {
      enabled: automaticTax,
      liability: null,
      provider: null,
      status: automaticTax ? 'requires_location_inputs' : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer === null && mode === 'payment' ? (params.customer_creation ?? 'if_required') : null,
    customer_details: null,
    customer_email: params.customer_email ?? null,
    discounts:
      discount === null ? [] : [{ coupon: discount.coupon ?? null, promotion_code: discount.promotion_code ?? null }],
    expires_at: expires,
    integration_identifier: null,
    invoice: null,
    invoice_creation: mode === 'payment' ? invoiceCreation(params) : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: merged({}, params.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: mode === 'subscription' ? (params.payment_method_collection ?? 'always') : null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url,
    tax_id_collection: { enabled: params.tax_id_collection?.enabled ?? false, required: 'never' },
    ui_mode: 'hosted_page',
    url: `${books.rules.origin}/checkout/${id}`,
    wallet_options: null,
  });
  books.schedule(ref(customer?.test_clock ?? null), expires, 'session.expire', id);
  return session;
}

function invoiceCreation(params: Params): Stripe.Checkout.Session.InvoiceCreation {
  const data = params.invoice_creation?.invoice_data;
  return {
    enabled: params.invoice_creation?.enabled ?? false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: data?.description ?? null,
      footer: data?.footer ?? null,
      issuer: null,
      metadata: merged({}, data?.metadata),
      rendering_options: null,
    },
  };
}

export const CHECKOUT: readonly RouteDefinition[] = [
  route(
    'POST /v1/checkout/sessions',
    `allow_promotion_codes automatic_tax.enabled billing_address_collection cancel_url client_reference_id currency
     customer customer_creation customer_email customer_update discounts expires_at invoice_creation.enabled
     invoice_creation.invoice_data.description invoice_creation.invoice_data.footer
     invoice_creation.invoice_data.metadata line_items.price line_items.price_data line_items.quantity locale mode
     payment_intent_data.application_fee_amount payment_intent_data.description payment_intent_data.metadata
     payment_intent_data.receipt_email payment_intent_data.setup_future_usage payment_intent_data.transfer_data
     payment_intent_data.transfer_group payment_intent_data.capture_method payment_method_collection
     setup_intent_data.description setup_intent_data.metadata
     submit_type subscription_data.application_fee_percent subscription_data.description subscription_data.metadata
     subscription_data.transfer_data subscription_data.trial_end subscription_data.trial_period_days
     subscription_data.trial_settings.end_behavior.missing_payment_method success_url tax_id_collection.enabled ui_mode`,
    create,
  ),
  route('GET /v1/checkout/sessions/{}', '', (call) => call.books.find('checkout.session', pathId(call))),
  route('POST /v1/checkout/sessions/{}/expire', '', (call) => {
    const session = openSession(call.books, pathId(call));
    return expireSession(call.books, session.id) ?? session;
  }),
  route('GET /v1/checkout/sessions/{}/line_items', PAGED, (call) =>
    lineItems(call.books, call.books.find('checkout.session', pathId(call))),
  ),
  route('GET /v1/checkout/sessions', `${PAGED} created customer payment_intent status subscription`, (call) => {
    const { customer, payment_intent: intent, status, subscription } = call.params;
    const found = call.books
      .all('checkout.session')
      .filter(
        (session) =>
          (customer === undefined || ref(session.customer) === customer) &&
          (intent === undefined || ref(session.payment_intent) === intent) &&
          (status === undefined || session.status === status) &&
          (subscription === undefined || ref(session.subscription) === subscription),
      );
    return page(call, found);
  }),
];
