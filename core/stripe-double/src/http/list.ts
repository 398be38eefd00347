import type { ListOf } from '../state/tables.ts';
import type { Call } from './call.ts';
import { invalid, missing } from './errors.ts';

interface Range {
  gt?: number;
  gte?: number;
  lt?: number;
  lte?: number;
}

function within(value: number, range: unknown): boolean {
  if (range === undefined) return true;
  if (typeof range === 'number') return value === range;
  const { gt, gte, lt, lte } = range as Range;
  return (
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte)
  );
}

/** A page of a list, newest first, by `limit`, `starting_after`, `ending_before` and `created`. `items` oldest first. */
export function page<T extends { id: string }>(call: Call, items: readonly T[]): ListOf<T> {
  const { limit = 10, starting_after: after, ending_before: before, created } = call.params;
  if (typeof limit !== 'number' || limit < 1 || limit > 100) {
    throw invalid(`Invalid limit: must be from 1 to 100`, 'limit', 'parameter_invalid_integer');
  }
  if (after !== undefined && before !== undefined) {
    throw invalid('You cannot use both starting_after and ending_before', 'ending_before');
  }
  const newest = items.filter((item) => within((item as { created?: number }).created ?? 0, created)).reverse();
  const place = (id: unknown, param: string): number => {
    const index = newest.findIndex((item) => item.id === id);
    if (index < 0) throw missing('object', String(id), param);
    return index;
  };
  let from = 0;
  let to = limit;
  if (after !== undefined) {
    from = place(after, 'starting_after') + 1;
    to = from + limit;
  }
  let more = newest.length > to;
  if (before !== undefined) {
    to = place(before, 'ending_before');
    from = Math.max(0, to - limit);
    more = from > 0;
  }
  return { object: 'list', data: newest.slice(from, to), has_more: more, url: call.path };
}

/** A list that an object carries. */
export function listOf<T>(url: string, data: T[]): ListOf<T> {
  return { object: 'list', data, has_more: false, url };
}
