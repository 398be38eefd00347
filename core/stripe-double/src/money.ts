import { invalid } from './http/errors.ts';

const ZERO_DECIMAL = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '));
/** Without coins, and counted in hundredths all the same. */
const WHOLE = new Set(['isk', 'ugx']);
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '));
const CURRENCIES = new Set(
  `aed all ars aud bgn bhd brl cad chf cny cop czk dkk egp eur gbp hkd huf idr ils inr isk kwd mad mxn myr ngn nok nzd
  pen php pln qar ron sar sek sgd thb try twd uah ugx usd uyu zar jod omr tnd ${[...ZERO_DECIMAL].join(' ')}`.split(
    /\s+/,
  ),
);

/** Digits after the point of an amount as people write it. Kronur and Ugandan shillings are counted in hundredths. */
export function fractionDigits(currency: string): number {
  if (THREE_DECIMAL.has(currency)) return 3;
  return ZERO_DECIMAL.has(currency) ? 0 : 2;
}

/** @throws StripeError 400 where the currency's smallest units are not used: the last digits must be 0 */
export function checkedAmount(amount: number, currency: string, param: string): number {
  const step = WHOLE.has(currency) ? 100 : THREE_DECIMAL.has(currency) ? 10 : 1;
  if (amount % step === 0) return amount;
  const message = `Amounts in ${currency} must be a multiple of ${step}: the last digits are not used.`;
  throw invalid(message, param, step === 100 ? 'invalid_charge_amount_no_decimal_compatible' : undefined);
}

/** @throws StripeError 400 for what is no currency; answers it in small letters, as Stripe does */
export function checkedCurrency(currency: string, param = 'currency'): string {
  const small = currency.toLowerCase();
  if (CURRENCIES.has(small)) return small;
  throw invalid(`Invalid currency: ${small.slice(0, 10)}. See https://stripe.com/docs/currencies`, param);
}

/** The smallest amount that can be charged, in minor units: half a unit, or 50 of a currency without cents. */
export const LEAST_CHARGE = 50;

/** For people: `12.50 EUR`, `1200 JPY`. */
export function shownAmount(amount: number, currency: string): string {
  const digits = fractionDigits(currency);
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${format.format(amount / 10 ** digits)} ${currency.toUpperCase()}`;
}

/** Half away from zero, as Stripe rounds. */
export function rounded(value: number): number {
  // The nudge undoes what binary fractions lose: 1.005 × 100 is 100.49999999999999.
  const nudged = Math.abs(value) * (1 + Number.EPSILON * 4);
  return Math.sign(value) * Math.round(nudged) + 0;
}

/** An amount with decimals of the minor unit (`"0.25"`) times a quantity, exactly. */
export function timesDecimal(decimal: string, quantity: number): number {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const scaled = BigInt(whole + fraction.padEnd(12, '0')) * BigInt(quantity);
  const scale = 10n ** 12n;
  const amount = Number((scaled + scale / 2n) / scale);
  return negative ? -amount : amount;
}

/** Splits an amount in proportion to weights so that nothing is lost: the first parts take the odd units. */
export function shared(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.trunc((amount * weight) / total));
  let rest = amount - parts.reduce((sum, part) => sum + part, 0);
  for (let i = 0; rest !== 0 && i < parts.length; i += 1) {
    if (weights[i] === 0) continue;
    parts[i] = (parts[i] ?? 0) + Math.sign(rest);
    rest -= Math.sign(rest);
  }
  return parts;
}
