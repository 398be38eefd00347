import type Stripe from 'stripe';
import { invalid } from '../http/errors.ts';

/** An address with every field, from one with some. */
export function addressOf(given: '' | null | Stripe.AddressParam | undefined): Stripe.Address | null {
  if (given === undefined || given === null || given === '') return null;
  const country = given.country ?? null;
  if (country !== null && country !== '' && !/^[A-Za-z]{2}$/.test(country)) {
    throw invalid(
      `Country '${country.slice(0, 20)}' is unknown. Try using a 2-character alphanumeric code.`,
      'address[country]',
      'country_code_invalid',
    );
  }
  return {
    city: given.city ?? null,
    country: country === null || country === '' ? null : country.toUpperCase(),
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };
}
