import type Stripe from 'stripe';
import { rounded } from '../money.ts';
import { type Books, ref } from '../state/books.ts';

/** Where the double's platform sits, and sells from. */
export const HOME = 'DE';

/** The standard rates that automatic tax uses, percent by country. Every other country: nothing is collected. */
export const VAT: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  CH: 8.1,
  DE: 19,
  DK: 25,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  IE: 23,
  IT: 22,
  LU: 17,
  NL: 21,
  PL: 23,
  SE: 25,
};

const OUTSIDE_EU = new Set(['CH', 'GB']);

/** One rate that applies to a line. */
export interface Rate {
  id: string;
  percentage: number;
  inclusive: boolean;
  reason: Stripe.InvoiceLineItem.Tax.TaxabilityReason;
}

function rateOf(books: Books, country: string, percentage: number, inclusive: boolean): string {
  const id = `txr_auto_${country.toLowerCase()}_${String(percentage).replace('.', '_')}_${inclusive ? 'in' : 'ex'}`;
  if (books.get('tax_rate', id) === undefined) {
    books.insert('tax_rate', {
      id,
      object: 'tax_rate',
      active: false,
      country,
      created: books.now(),
      description: null,
      display_name: 'VAT',
      effective_percentage: percentage,
      flat_amount: null,
      inclusive,
      jurisdiction: country,
      jurisdiction_level: 'country',
      livemode: false,
      metadata: {},
      percentage,
      rate_type: 'percentage',
      state: null,
      tax_type: 'vat',
    });
  }
  return id;
}

/** Whether automatic tax knows where the customer is. */
export function located(customer: Stripe.Customer): boolean {
  return (customer.address?.country ?? null) !== null;
}

/** The rate that automatic tax finds for a customer. */
export function automaticRate(books: Books, customer: Stripe.Customer, inclusive: boolean): Rate | undefined {
  const country = customer.address?.country ?? null;
  if (country === null) return undefined;
  const percentage = VAT[country];
  if (percentage === undefined) {
    return { id: rateOf(books, country, 0, inclusive), percentage: 0, inclusive, reason: 'not_collecting' };
  }
  const business = books
    .all('tax_id')
    .some((taxId) => ref(taxId.customer) === customer.id && taxId.type === 'eu_vat' && taxId.country !== HOME);
  const reverse = customer.tax_exempt === 'reverse' || (business && country !== HOME && !OUTSIDE_EU.has(country));
  if (reverse) return { id: rateOf(books, country, 0, inclusive), percentage: 0, inclusive, reason: 'reverse_charge' };
  if (customer.tax_exempt === 'exempt') {
    return { id: rateOf(books, country, 0, inclusive), percentage: 0, inclusive, reason: 'customer_exempt' };
  }
  return { id: rateOf(books, country, percentage, inclusive), percentage, inclusive, reason: 'standard_rated' };
}

export function manualRate(rate: Stripe.TaxRate): Rate {
  return { id: rate.id, percentage: rate.percentage, inclusive: rate.inclusive, reason: 'standard_rated' };
}

/** The taxes of an amount that discounts are taken off already. */
export function taxesOf(amount: number, rates: readonly Rate[]): Stripe.InvoiceLineItem.Tax[] {
  const included = rates.filter((rate) => rate.inclusive).reduce((sum, rate) => sum + rate.percentage, 0);
  const net = amount / (1 + included / 100);
  return rates.map((rate) => ({
    amount: rounded((net * rate.percentage) / 100),
    tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: rate.reason,
    taxable_amount: rounded(net),
    type: 'tax_rate_details',
  }));
}
