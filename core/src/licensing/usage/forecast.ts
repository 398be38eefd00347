import type { MeterDeclaration } from '@bazaar/sdk';
import { dayOf, daysBetween, type UsagePeriod } from './period.ts';

/** How far back the average is taken. */
const LOOK_BACK_DAYS = 30;

/** What was counted on one day, in UTC. */
export interface DayUsage {
  /** `YYYY-MM-DD`. */
  day: string;
  quantity: number;
}

export interface MeterForecast {
  used: number;
  /** By the end of the period, when it goes on as in the last 30 days. */
  expected: number;
  /** Price of what is beyond the included by then, in minor units; 0 when nothing is charged. */
  amount: number;
}

/**
 * Where a meter will be at the end of the period: what was used, and for the days that are left the average of the last
 * 30, today not among them (of fewer, when the first use is not so long ago). Never more than there may be. Pure.
 */
export function forecast(
  meter: Pick<MeterDeclaration, 'included' | 'unitAmount'>,
  cap: number | null,
  days: readonly DayUsage[],
  period: UsagePeriod,
  now: Date,
): MeterForecast {
  const today = dayOf(now);
  const used = sum(days.filter(({ day }) => day >= period.since && day < period.until));
  const past = days.filter(({ day }) => day < today && daysBetween(day, today) <= LOOK_BACK_DAYS);
  const first = past.reduce((earliest, { day }) => (day < earliest ? day : earliest), today);
  const length = daysBetween(first, today);
  const perDay = length === 0 ? sum(days.filter(({ day }) => day === today)) : sum(past) / length;
  // Today is counted as it is: what is to come are the days after it.
  const left = Math.max(0, daysBetween(today, period.until) - 1);
  const expected = Math.max(used, Math.min(Math.round(used + perDay * left), cap ?? Number.POSITIVE_INFINITY));
  return { used, expected, amount: priceOf(expected - meter.included, meter.unitAmount) };
}

/** `unitAmount` times `quantity` in minor units, halves rounded up; 0 for none or less. Exact: no binary fractions. */
export function priceOf(quantity: number, unitAmount: number | string | undefined): number {
  if (unitAmount === undefined || quantity <= 0) return 0;
  const [whole = '0', fraction = ''] = String(unitAmount).split('.');
  const scale = 10n ** BigInt(fraction.length);
  const total = BigInt(whole + fraction) * BigInt(quantity);
  return Number((2n * total + scale) / (2n * scale));
}

function sum(days: readonly DayUsage[]): number {
  return days.reduce((total, { quantity }) => total + quantity, 0);
}
