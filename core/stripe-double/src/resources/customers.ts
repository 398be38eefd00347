import type Stripe from 'stripe';
import { type Call, paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { listOf, page } from '../http/list.ts';
import { given, merged } from '../http/metadata.ts';
import { PAGED, route } from '../http/route.ts';
import { checkedCurrency } from '../money.ts';
import { attach, methodOf } from '../payments/methods.ts';
import { type Books, ref } from '../state/books.ts';
import { newId, randomText } from '../state/ids.ts';
import { addressOf } from './address.ts';
import { adjustBalance } from './customer-balance.ts';
import { newTaxId } from './tax-ids.ts';

const FIELDS = `address balance description email name phone shipping preferred_locales tax_exempt tax.ip_address
  tax.validate_location invoice_settings.default_payment_method invoice_settings.footer invoice_settings.custom_fields
  invoice_prefix next_invoice_sequence`;

function create(call: Call): Stripe.Customer {
  const params = paramsOf<Stripe.CustomerCreateParams>(call);
  const { books } = call;
  const clock = params.test_clock ?? null;
  if (clock !== null) {
    books.find('test_helpers.test_clock', clock, 'test_clock');
    const others = books.all('customer').filter((customer) => ref(customer.test_clock) === clock).length;
    if (others >= 3) throw invalid('A test clock can have up to 3 customers.', 'test_clock');
  }
  checkEmail(params.email);
  const customer = books.insert('customer', {
    id: newId('cus'),
    object: 'customer',
    address: addressOf(params.address),
    balance: params.balance ?? 0,
    created: books.now(clock),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: params.description ?? null,
    email: params.email ?? null,
    invoice_prefix: params.invoice_prefix ?? randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: given(params.invoice_settings?.footer, null),
      rendering_options: null,
    },
    livemode: false,
    metadata: merged({}, params.metadata),
    name: params.name ?? null,
    next_invoice_sequence: params.next_invoice_sequence ?? 1,
    phone: params.phone ?? null,
    preferred_locales: params.preferred_locales ?? [],
    shipping: null,
    tax_exempt: given(params.tax_exempt, 'none'),
    test_clock: clock,
  });
  for (const data of params.tax_id_data ?? []) newTaxId(books, customer.id, data.type, data.value);
  books.emit('customer.created', customer);
  if (params.payment_method !== undefined) attach(books, methodOf(books, params.payment_method), customer.id);
  const standard = params.invoice_settings?.default_payment_method;
  return standard === undefined ? books.known('customer', customer.id) : setDefault(books, customer, standard);
}

function checkEmail(email: string | undefined): void {
  if (email === undefined || email === '') return;
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) && email.length <= 512) return;
  throw invalid(`Invalid email address: ${email.slice(0, 60)}`, 'email', 'email_invalid');
}

function setDefault(books: Books, customer: Stripe.Customer, id: string): Stripe.Customer {
  const settings = customer.invoice_settings;
  if (id === '') {
    return books.change('customer', customer.id, { invoice_settings: { ...settings, default_payment_method: null } });
  }
  const method = methodOf(books, id, 'invoice_settings[default_payment_method]');
  if (ref(method.customer) !== customer.id) {
    throw invalid(
      'The customer does not have a payment method with this ID. It must be attached to the customer first.',
      'invoice_settings[default_payment_method]',
      'resource_missing',
    );
  }
  const invoiceSettings = { ...settings, default_payment_method: method.id };
  return books.change('customer', customer.id, { invoice_settings: invoiceSettings });
}

function update(call: Call): Stripe.Customer {
  const params = paramsOf<Stripe.CustomerUpdateParams>(call);
  const { books } = call;
  const before = books.find('customer', pathId(call));
  checkEmail(params.email);
  let customer = books.change('customer', before.id, {
    address: params.address === undefined ? (before.address ?? null) : addressOf(params.address),
    balance: params.balance ?? before.balance,
    description: given(params.description, before.description),
    email: given(params.email, before.email),
    metadata: merged(before.metadata, params.metadata),
    name: given(params.name, before.name ?? null),
    phone: given(params.phone, before.phone ?? null),
    preferred_locales: params.preferred_locales ?? before.preferred_locales ?? [],
    tax_exempt: given(params.tax_exempt, before.tax_exempt ?? 'none') ?? 'none',
    invoice_settings: {
      ...before.invoice_settings,
      footer: given(params.invoice_settings?.footer, before.invoice_settings.footer),
    },
  });
  const standard = params.invoice_settings?.default_payment_method;
  if (standard !== undefined) customer = setDefault(books, customer, standard);
  books.emit('customer.updated', customer, before);
  return customer;
}

/** A deleted customer's subscriptions end at once; its payments stay on record. */
function remove(call: Call): Stripe.DeletedCustomer {
  const { books } = call;
  const customer = books.find('customer', pathId(call));
  for (const subscription of books.all('subscription')) {
    if (ref(subscription.customer) === customer.id && !ENDED.has(subscription.status)) {
      throw invalid('The double does not delete customers with running subscriptions: cancel them first.');
    }
  }
  books.emit('customer.deleted', customer);
  books.remove('customer', customer.id);
  return { id: customer.id, object: 'customer', deleted: true };
}

const ENDED = new Set<string>(['canceled', 'incomplete_expired']);

function credit(call: Call): Stripe.CustomerBalanceTransaction {
  const params = paramsOf<Stripe.CustomerCreateBalanceTransactionParams>(call);
  const { books } = call;
  const customer = books.find('customer', pathId(call));
  const metadata = merged({}, params.metadata);
  const currency = checkedCurrency(params.currency);
  return adjustBalance(books, customer.id, params.amount, currency, 'adjustment', {
    description: params.description ?? null,
    metadata,
  });
}

function ownMethods(call: Call): Stripe.PaymentMethod[] {
  const customer = call.books.find('customer', pathId(call), 'customer');
  const type = call.params.type;
  return call.books
    .all('payment_method')
    .filter((method) => ref(method.customer) === customer.id && (type === undefined || method.type === type));
}

export const CUSTOMERS: readonly RouteDefinition[] = [
  route('POST /v1/customers', `${FIELDS} payment_method tax_id_data test_clock`, create),
  route('GET /v1/customers/{}', '', (call) => call.books.find('customer', pathId(call))),
  route('POST /v1/customers/{}', FIELDS, update),
  route('DELETE /v1/customers/{}', '', remove),
  route('GET /v1/customers', `${PAGED} email created test_clock`, (call) => {
    const { email, test_clock: clock } = call.params;
    const all = call.books
      .all('customer')
      .filter(
        (customer) =>
          (email === undefined || customer.email === email) &&
          (clock === undefined ? ref(customer.test_clock) === null : ref(customer.test_clock) === clock),
      );
    return page(call, all);
  }),
  route('GET /v1/customers/{}/payment_methods', `${PAGED} type`, (call) => page(call, ownMethods(call))),
  route('GET /v1/customers/{}/payment_methods/{}', '', (call) => {
    const found = ownMethods(call).find((method) => method.id === pathId(call, 1));
    return found ?? call.books.find('payment_method', '');
  }),
  route('POST /v1/customers/{}/balance_transactions', 'amount currency description', credit),
  route('GET /v1/customers/{}/balance_transactions', `${PAGED} created`, (call) => {
    const customer = call.books.find('customer', pathId(call), 'customer');
    return page(
      call,
      call.books.all('customer_balance_transaction').filter((t) => ref(t.customer) === customer.id),
    );
  }),
  route('GET /v1/customers/{}/balance_transactions/{}', '', (call) =>
    call.books.find('customer_balance_transaction', pathId(call, 1)),
  ),
  route('DELETE /v1/customers/{}/discount', '', (call) => {
    const { books } = call;
    const customer = books.find('customer', pathId(call));
    const discount = customer.discount ?? null;
    if (discount === null) throw invalid('This customer has no discount.', 'id', 'resource_missing');
    books.change('customer', customer.id, { discount: null });
    books.remove('discount', discount.id);
    const gone = { ...discount, deleted: true as const };
    books.emit('customer.discount.deleted', gone);
    return gone;
  }),
];

/** What Stripe shows of a customer only when asked. */
export function customerIncludes(books: Books, id: string) {
  return {
    tax_ids: listOf(
      `/v1/customers/${id}/tax_ids`,
      books.all('tax_id').filter((taxId) => ref(taxId.customer) === id),
    ),
    subscriptions: listOf(
      `/v1/customers/${id}/subscriptions`,
      books.all('subscription').filter((s) => ref(s.customer) === id && !ENDED.has(s.status)),
    ),
  };
}
