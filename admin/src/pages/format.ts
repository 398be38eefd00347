import { formatMoney as money } from '@bazaar/sdk/money';

const DAY_MS = 86_400_000;

/** Whole days from now, the begun one included; 0 when past. */
export function daysLeft(iso: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / DAY_MS));
}

/** An amount in minor units, e.g. 4900 EUR → `€49`. */
export function formatMoney(minor: number, currency: string): string {
  return money(minor, currency, { short: true });
}

/** `Good evening` by the device's clock. */
export function greeting(hour: number): string {
  if (hour < 5 || hour >= 18) return 'Good evening';
  return hour < 12 ? 'Good morning' : 'Good afternoon';
}
