const codes = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** As the payment provider counts them, which is neither what ISO 4217 says everywhere nor what browsers know. */
const WITHOUT_COINS = codes('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF');
const THOUSANDTHS = codes('BHD JOD KWD OMR TND');
/** Counted in hundredths though they have none any more: every amount ends in 00. */
const WHOLE = codes('ISK UGX');
/** Of prices below the smallest coin. */
const MOST_DIGITS = 6;

/** How many digits of an amount in minor units stand after the point: 2 for `EUR`, 0 for `JPY`, 3 for `KWD`. */
export function minorDigits(currency: string): 0 | 2 | 3 {
  const code = currency.toUpperCase();
  if (WITHOUT_COINS.has(code)) return 0;
  return THOUSANDTHS.has(code) ? 3 : 2;
}

/** Prices are multiples of so many minor units: the provider charges nothing between. */
export function priceStep(currency: string): 1 | 10 | 100 {
  const code = currency.toUpperCase();
  if (WHOLE.has(code)) return 100;
  return THOUSANDTHS.has(code) ? 10 : 1;
}

export interface MoneyStyle {
  locale?: string;
  /** `€49`, where it would be `€49.00`. */
  short?: boolean;
}

/** An amount in minor units as people write it: `€12.34`. What is less than the smallest coin keeps its digits. */
export function formatMoney(
  minor: number,
  currency: string,
  { locale = 'en', short = false }: MoneyStyle = {},
): string {
  const digits = minorDigits(currency);
  const amount = minor / 10 ** digits;
  const isRound = Number.isInteger(amount) && (short || WHOLE.has(currency.toUpperCase()));
  const minimumFractionDigits = isRound ? 0 : digits;
  const maximumFractionDigits = Number.isInteger(minor) ? minimumFractionDigits : MOST_DIGITS;
  const style = { style: 'currency', currency, minimumFractionDigits, maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale, style).format(amount);
}
