/** How many decimals a currency has, e.g. 2 for USD, 0 for JPY. 2 for codes nobody knows. */
export function decimals(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    // Well-formed input never gets here; a malformed code must not make a page fail.
    return 2;
  }
}

/** Minor units as an amount of the currency: 4550 USD cents → 45.5. */
export function majorAmount(minor: number, currency: string): number {
  return minor / 10 ** decimals(currency);
}

/** Minor units as people read them, without decimals when they are zero: `$45.50`, `$80,000`. */
export function formatMoney(minor: number, currency: string): string {
  const digits = decimals(currency);
  const amount = minor / 10 ** digits;
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

export interface Pay {
  salaryMin: number | null;
  salaryMax: number | null;
  salaryCurrency: string | null;
  salaryUnit: string | null;
}

/** The pay in one line, e.g. `$38 – $45.50 per hour`; `null` when none is given. */
export function formatPay(pay: Pay, units: Record<string, string>): string | null {
  const { salaryMin: min, salaryMax: max, salaryCurrency: currency, salaryUnit } = pay;
  if (currency === null || (min === null && max === null)) return null;
  const unit = salaryUnit === null ? '' : ` ${units[salaryUnit] ?? ''}`;
  if (min !== null && max !== null && min !== max) {
    return `${formatMoney(min, currency)} – ${formatMoney(max, currency)}${unit}`;
  }
  if (min !== null && max === null) return `from ${formatMoney(min, currency)}${unit}`;
  if (min === null && max !== null) return `up to ${formatMoney(max, currency)}${unit}`;
  return `${formatMoney(min ?? max ?? 0, currency)}${unit}`;
}
