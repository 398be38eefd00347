const DAY_MS = 86_400_000;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60_000, 1_000, 'second'],
  [3_600_000, 60_000, 'minute'],
  [DAY_MS, 3_600_000, 'hour'],
  [30 * DAY_MS, DAY_MS, 'day'],
  [365 * DAY_MS, 30 * DAY_MS, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY_MS, 'year'],
];

/** `5 minutes ago` */
export function ago(iso: string, now: number): string {
  const past = Date.parse(iso) - now;
  if (Math.abs(past) < 10_000) return 'just now';
  const step = STEPS.find(([limit]) => Math.abs(past) < limit) ?? STEPS[STEPS.length - 1];
  if (!step) return moment.format(new Date(iso));
  return relative.format(Math.round(past / step[1]), step[2]);
}

export function formatMoment(iso: string): string {
  return moment.format(new Date(iso));
}

export function formatDay(iso: string): string {
  return day.format(new Date(iso));
}

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
