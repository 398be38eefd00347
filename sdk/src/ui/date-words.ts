import { formatDay } from './format.ts';

interface CalendarDay {
  year: number;
  /** January is 0. */
  month: number;
  day: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})[-/., ]+(\d{4})$/;

function monthOf(text: string): number {
  return /^\d/.test(text) ? Number(text) - 1 : MONTHS.indexOf(text.slice(0, 3));
}

/** The day that somebody typed, the day before the month as it is shown; nothing when there is no such day. */
export function readDay(text: string): CalendarDay | undefined {
  const typed = text.trim().toLowerCase();
  const [, first = '', middle = '', last = ''] = YEAR_FIRST.exec(typed) ?? DAY_FIRST.exec(typed) ?? [];
  if (first === '') return undefined;
  const [year, day] = first.length === 4 ? [Number(first), Number(last)] : [Number(last), Number(first)];
  const month = monthOf(middle);
  const date = new Date(Date.UTC(year, month, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month && date.getUTCDate() === day;
  return exists ? { year, month, day } : undefined;
}

/** What a `vaadin-date-picker` is given as `.i18n`: days read as everywhere else, `21 Nov 2026`, and weeks begin on Monday. */
export const dateWords = {
  firstDayOfWeek: 1,
  formatDate: ({ year, month, day }: CalendarDay): string => formatDay(new Date(year, month, day).toISOString()),
  parseDate: readDay,
};
