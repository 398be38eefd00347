/** Days in UTC, `YYYY-MM-DD`. */
export interface UsagePeriod {
  since: string;
  /** The first day of the next period. */
  until: string;
}

/**
 * The month in which `now` is counted: of a subscription the one between two days of payment, of everything else the
 * calendar's. Counted in whole days: a period begins with the day on which the payment falls. Pure.
 */
export function usagePeriod(licence: { kind: string; expiresAt: Date | null }, now: Date): UsagePeriod {
  const { kind, expiresAt } = licence;
  const anchor = kind === 'subscription' && expiresAt !== null ? expiresAt.getUTCDate() : 1;
  const today = dayOf(now);
  let month = now.getUTCFullYear() * 12 + now.getUTCMonth();
  if (startOf(month, anchor) > today) month -= 1;
  return { since: startOf(month, anchor), until: startOf(month + 1, anchor) };
}

export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** Days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** A month that is shorter than the day of payment pays on its last day, as the provider does. */
function startOf(month: number, anchor: number): string {
  const [year, index] = [Math.floor(month / 12), month % 12];
  const last = new Date(Date.UTC(year, index + 1, 0)).getUTCDate();
  return dayOf(new Date(Date.UTC(year, index, Math.min(anchor, last))));
}
