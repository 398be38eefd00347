import { counted } from '@bazaar/sdk/ui';

const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

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
