import { type Books, ref } from '../state/books.ts';
import type { Price } from '../state/tables.ts';

/** An interval of a recurring price. */
export interface Interval {
  interval: string;
  interval_count: number;
}

/** The n-th boundary after an anchor (Unix seconds): months keep the anchor's day, or end with the month. */
export function boundary(anchor: number, { interval, interval_count: count }: Interval, n: number): number {
  const days = { day: 1, week: 7 }[interval];
  if (days !== undefined) return anchor + n * count * days * 86_400;
  const from = new Date(anchor * 1000);
  const months = n * count * (interval === 'year' ? 12 : 1);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const to = new Date(from);
  to.setUTCFullYear(year, month, Math.min(from.getUTCDate(), lastDay));
  return Math.floor(to.getTime() / 1000);
}

/** The first boundary after a time. */
export function nextBoundary(anchor: number, interval: Interval, after: number): number {
  let n = 1;
  while (boundary(anchor, interval, n) <= after) n += 1;
  return boundary(anchor, interval, n);
}

export function intervalOf(price: Price): Interval {
  const { recurring } = price;
  if (recurring === null) throw new Error(`The price ${price.id} does not recur`);
  return { interval: recurring.interval, interval_count: recurring.interval_count };
}

export function sameInterval(a: Interval, b: Interval): boolean {
  return a.interval === b.interval && a.interval_count === b.interval_count;
}

/** A rough length in seconds, to compare intervals by. */
export function roughly({ interval, interval_count: count }: Interval): number {
  const days = { day: 1, week: 7, month: 30, year: 365 }[interval] ?? 30;
  return days * count * 86_400;
}

/** The shortest interval, in seconds: how far a test clock may go at once depends on it. */
export function shortestInterval(books: Books, clock: string): number | null {
  const lengths = books
    .all('subscription')
    .filter((s) => ref(s.test_clock) === clock && s.ended_at === null)
    .flatMap((s) => s.items.data.map((item) => roughly(intervalOf(item.price))));
  return lengths.length === 0 ? null : Math.min(...lengths);
}
