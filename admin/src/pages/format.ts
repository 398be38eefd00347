const DAY_MS = 86_400_000;

/** Whole days from now, the begun one included; 0 when past. */
export function daysLeft(iso: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / DAY_MS));
}

/** An amount in minor units, e.g. 4900 EUR → `€49`. */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  const amount = minor / 10 ** maximumFractionDigits;
  const digits = Number.isInteger(amount) ? 0 : maximumFractionDigits;
  return new Intl.NumberFormat('en', { style: 'currency', currency, minimumFractionDigits: digits }).format(amount);
}

/** `Good evening` by the device's clock. */
export function greeting(hour: number): string {
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
