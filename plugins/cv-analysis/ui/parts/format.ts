const DAY = 86_400_000;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

const STEPS: [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3_600_000, 60_000, 'minute'],
  [DAY, 3_600_000, 'hour'],
  [30 * DAY, DAY, 'day'],
  [365 * DAY, 30 * DAY, 'month'],
  [Number.POSITIVE_INFINITY, 365 * DAY, 'year'],
];

/** `5 minutes ago` */
export function ago(iso: string, now: number = Date.now()): string {
  const past = Date.parse(iso) - now;
  if (Math.abs(past) < 60_000) return 'just now';
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(past) < limit) ?? [0, DAY, 'day'];
  return relative.format(Math.round(past / size), unit);
}

export function formatMoment(iso: string): string {
  return moments.format(new Date(iso));
}

/** `1 CV`, `3 CVs` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `7 years 2 months`, `5 months`. */
export function formatMonths(total: number): string {
  const years = Math.floor(total / 12);
  const rest = total % 12;
  const parts = [years > 0 ? counted(years, 'year') : '', rest > 0 ? counted(rest, 'month') : ''].filter(Boolean);
  return parts.join(' ') || 'less than a month';
}

/** `4 yrs`, `5 mos`: for chips. */
export function formatMonthsBriefly(total: number): string {
  const years = Math.floor(total / 12);
  return years > 0 ? counted(years, 'yr') : counted(total, 'mo');
}

/** `2019-03` → `Mar 2019`; `2019` stays. */
export function formatPartial(date: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})/.exec(date) ?? [];
  return year && month ? months.format(Date.UTC(Number(year), Number(month) - 1)) : date;
}

/** `Mar 2019 – present`; an empty string without dates. */
export function formatSpan(start: string | null, end: string | null, goesOn: boolean): string {
  const last = goesOn && end === null ? 'present' : end === null ? '' : formatPartial(end);
  return [start === null ? '' : formatPartial(start), last].filter(Boolean).join(' – ');
}

/** `240 KB` */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
