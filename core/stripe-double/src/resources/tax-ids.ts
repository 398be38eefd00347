import type Stripe from 'stripe';
import { paramsOf, pathId, type RouteDefinition } from '../http/call.ts';
import { invalid } from '../http/errors.ts';
import { page } from '../http/list.ts';
import { PAGED, route } from '../http/route.ts';
import { type Books, ref } from '../state/books.ts';
import { newId } from '../state/ids.ts';

const FORMS: Readonly<Record<string, RegExp>> = {
  eu_vat: /^[A-Z]{2}[0-9A-Z]{6,12}$/,
  gb_vat: /^GB\d{9,12}$/,
  ch_vat: /^CHE-?\d{3}\.?\d{3}\.?\d{3} ?(MWST|TVA|IVA)?$/,
  us_ein: /^\d{2}-?\d{7}$/,
};

export function newTaxId(books: Books, customer: string, type: string, value: string): Stripe.TaxId {
  const form = FORMS[type];
  if (form !== undefined && !form.test(value)) {
    throw invalid(`Invalid value for ${type}.`, 'value', 'tax_id_invalid');
  }
  const country = type === 'eu_vat' || type === 'gb_vat' ? value.slice(0, 2) : type.slice(0, 2).toUpperCase();
  const taxId = books.insert('tax_id', {
    id: newId('txi'),
    object: 'tax_id',
    country,
    created: books.now(books.clockOfCustomer(customer)),
    customer,
    customer_account: null,
    livemode: false,
    owner: { type: 'customer', customer, customer_account: null },
    type: type as Stripe.TaxId.Type,
    value,
    verification: { status: 'verified', verified_address: null, verified_name: null },
  });
  books.emit('customer.tax_id.created', taxId);
  return taxId;
}

export const TAX_IDS: readonly RouteDefinition[] = [
  route('POST /v1/customers/{}/tax_ids', 'type value', (call) => {
    const params = paramsOf<Stripe.CustomerCreateTaxIdParams>(call);
    const customer = call.books.find('customer', pathId(call), 'customer');
    return newTaxId(call.books, customer.id, params.type, params.value);
  }),
  route('GET /v1/customers/{}/tax_ids', PAGED, (call) => {
    const customer = call.books.find('customer', pathId(call), 'customer');
    return page(
      call,
      call.books.all('tax_id').filter((taxId) => ref(taxId.customer) === customer.id),
    );
  }),
  route('GET /v1/customers/{}/tax_ids/{}', '', (call) => call.books.find('tax_id', pathId(call, 1))),
  route('DELETE /v1/customers/{}/tax_ids/{}', '', (call) => {
    const taxId = call.books.find('tax_id', pathId(call, 1));
    call.books.remove('tax_id', taxId.id);
    call.books.emit('customer.tax_id.deleted', taxId);
    return { id: taxId.id, object: 'tax_id', deleted: true };
  }),
];
