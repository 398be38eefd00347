import type { Books } from '../state/books.ts';
import type { SubscriptionItem } from '../state/tables.ts';

export function isMetered(item: SubscriptionItem): boolean {
  return item.price.recurring?.usage_type === 'metered';
}

interface MeteredSpan {
  meter: string;
  customer: string;
  start: number;
  /** Not included. */
  end: number;
}

/** What a customer used of a meter in a span. */
export function usageOf(books: Books, { meter, customer, start, end }: MeteredSpan): number {
  const formula = books.get('billing.meter', meter)?.default_aggregation.formula ?? 'sum';
  const values: number[] = [];
  for (const record of books.all('meter_record')) {
    const inside = record.timestamp >= start && record.timestamp < end;
    if (record.meter === meter && record.customer === customer && inside) values.push(record.value);
  }
  if (formula === 'count') return values.length;
  if (formula === 'last') return values.at(-1) ?? 0;
  return values.reduce((sum, value) => sum + value, 0);
}
