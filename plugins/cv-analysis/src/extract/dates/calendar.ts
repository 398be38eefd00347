import type { ExperienceGap, PartialDate } from '../types.ts';
import type { WrittenDate } from './find-dates.ts';

/** Months counted from year 0; `to` is the first month after. */
export interface MonthSpan {
  from: number;
  to: number;
}

export interface Today {
  year: number;
  /** 1–12. */
  month: number;
}

export function partialDate(date: WrittenDate): PartialDate {
  return date.month === null ? String(date.year) : `${date.year}-${String(date.month).padStart(2, '0')}`;
}

const index = (year: number, month: number): number => year * 12 + month - 1;

/**
 * The months a written period covers. Named months count in full at both ends (March to May is three months). Years
 * alone run from January to January (2018–2020 is 24 months, so that 2018–2020 and 2020–2022 do not overlap); a year
 * alone as end of a period that starts with a month ends at its middle. A single year counts twelve months. Nothing
 * lies in the future.
 */
export function monthSpan(start: WrittenDate, finish: WrittenDate | null, today: Today): MonthSpan {
  const now = index(today.year, today.month) + 1;
  const from = index(start.year, start.month ?? 1);
  let to: number;
  if (finish === null) to = now;
  else if (finish.month !== null) to = index(finish.year, finish.month) + 1;
  else if (start.month !== null) to = start.year === finish.year ? index(finish.year + 1, 1) : index(finish.year, 7);
  else to = index(Math.max(finish.year, start.year + 1), 1);
  return { from, to: Math.max(from, Math.min(to, now)) };
}

export function monthsOf(span: MonthSpan): number {
  return span.to - span.from;
}

/** Spans that neither overlap nor touch, in order of time. */
function union(spans: readonly MonthSpan[]): MonthSpan[] {
  const merged: MonthSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.to <= span.from) continue;
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** Months covered by at least one of the spans. */
export function totalMonths(spans: readonly MonthSpan[]): number {
  return union(spans).reduce((sum, span) => sum + monthsOf(span), 0);
}

function name(month: number): PartialDate {
  return partialDate({ year: Math.floor(month / 12), month: (month % 12) + 1 });
}

/** Times of at least `least` months between two spans. */
export function gapsBetween(spans: readonly MonthSpan[], least: number): ExperienceGap[] {
  const merged = union(spans);
  return merged.slice(1).flatMap((span, place) => {
    const before = merged[place];
    if (!before || span.from - before.to < least) return [];
    return [{ from: name(before.to), to: name(span.from - 1), months: span.from - before.to }];
  });
}
