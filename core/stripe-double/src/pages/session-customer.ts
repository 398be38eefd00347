import { invalid } from '../http/errors.ts';
import { addressOf } from '../resources/address.ts';
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

/** Who pays: the session’s customer with what was typed in, or a new one where one is needed. */
export function customerOf(
  books: Books,
  session: CheckoutSession,
  plan: SessionPlan,
  form: PaymentForm,
): string | null {
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
