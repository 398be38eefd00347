const DAY = 86_400_000;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const numbers = new Intl.NumberFormat('en');
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3_600_000, 60_000, 'minute'],
  [DAY, 3_600_000, 'hour'],
  [30 * DAY, DAY, 'day'],
  [365 * DAY, 30 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'year'],
];

/** `5 minutes ago`, of an ISO 8601 timestamp. */
export function ago(iso: string, now: number = Date.now()): string {
  const past = Date.parse(iso) - now;
  if (Math.abs(past) < 60_000) return 'just now';
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(past) < limit) ?? [0, DAY, 'day'];
  return relative.format(Math.round(past / size), unit);
}

/** `21 Nov 2026`, of an ISO 8601 date or timestamp. */
export function formatDay(iso: string): string {
  return days.format(new Date(iso));
}

/** `21 Nov 2026, 09:00`, of an ISO 8601 timestamp. */
export function formatMoment(iso: string): string {
  return moments.format(new Date(iso));
}

/** `1 CV`, `3,000 CVs`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}
