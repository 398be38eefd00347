import { invalidField } from '@bazaar/sdk';

/** Sorts after every UUID, so that a first page can be asked for with the same condition as the next one. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Sorts before every UUID. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** Later than every timestamp a list can hold. */
export const END_OF_TIME = '9999-12-31T23:59:59.999Z';

/** The place of the last row of a page: the value it is sorted by, and its id. */
export interface Place<Key extends string | number> {
  key: Key;
  id: string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `order` is written into the cursor, so that one list's cursor is not taken for another's. */
export function writeCursor(order: string, place: Place<string | number>): string {
  return encodeURIComponent(JSON.stringify([order, place.key, place.id]));
}

function unreadable(): never {
  throw invalidField('/cursor', 'This page is no longer known. Start again from the first page.');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(cursor));
  } catch {
    return unreadable();
  }
}

/** The place a cursor names, or `start` without one. Rejects what `writeCursor` did not write for this order. */
export function readCursor<Key extends string | number>(
  order: string,
  cursor: string | undefined,
  start: Place<Key>,
  isKey: (value: unknown) => value is Key,
): Place<Key> {
  if (cursor === undefined) return start;
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== order) return unreadable();
  const [, key, id] = parts as unknown[];
  if (!isKey(key) || typeof id !== 'string' || !UUID.test(id)) return unreadable();
  return { key, id };
}

export function isTime(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31 - 1;
}

/** Cuts the one row too many that a list query was asked for, and says where the next page starts. */
export function toPage<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  order: string,
  key: (row: Row) => string | number,
): { items: Row[]; nextCursor?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: writeCursor(order, { key: key(last), id: last.id }) };
}
