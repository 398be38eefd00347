/** How many minor units make one of the currency: 100 cents, but one yen. */
function unitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

export function minorUnits(amount: number, currency: string): number {
  return Math.round(amount * unitsOf(currency));
}

/** An amount in minor units, written for the reader's locale without the cents. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 });
  return format.format(minor / unitsOf(currency));
}
