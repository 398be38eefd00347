import { invalidField } from './problem.ts';
import type { Page } from './query-language.ts';

interface KeyTypes {
  /** ISO 8601, as queries return timestamps. */
  time: string;
  text: string;
  /** A whole number of 32 bits. */
  count: number;
}

/** The order of a list that is read page by page: by one value, and by id among rows where that is the same. */
export interface Keyset<Kind extends keyof KeyTypes = keyof KeyTypes> {
  /** Stands in every cursor, so that the cursor of one list is refused by another, e.g. `jobs.newest`. */
  name: string;
  key: Kind;
  order: 'ascending' | 'descending';
}

/** Where a page begins: a query asks for the rows after this key and id. */
export interface Place<Key extends string | number> {
  key: Key;
  id: string;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^(?!0000)\d{4}-\d\d-(\d\d)T\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const MAX_COUNT = 2 ** 31 - 1;

/** What sorts before and after every key. No text sorts after every other, so lists by text are ascending. */
const BOUNDS: { readonly [Kind in keyof KeyTypes]: { first: KeyTypes[Kind]; last?: KeyTypes[Kind] } } = {
  time: { first: '0001-01-01T00:00:00.000Z', last: '9999-12-31T23:59:59.999Z' },
  text: { first: '' },
  count: { first: -MAX_COUNT, last: MAX_COUNT },
};

/** Whether the database accepts it as a timestamp. JavaScript takes the 30th of February for the 2nd of March. */
function isTime(value: unknown): boolean {
  const day = typeof value === 'string' ? TIME.exec(value)?.[1] : undefined;
  return day !== undefined && new Date(value as string).getUTCDate() === Number(day);
}

const IS_KEY: { readonly [Kind in keyof KeyTypes]: (value: unknown) => boolean } = {
  time: isTime,
  text: (value) => typeof value === 'string' && value.isWellFormed() && !value.includes('\0'),
  count: (value) => Number.isInteger(value) && Math.abs(value as number) <= MAX_COUNT,
};

function firstPlace<Kind extends keyof KeyTypes>({ key, order }: Keyset<Kind>): Place<KeyTypes[Kind]> {
  const { first, last } = BOUNDS[key];
  if (order === 'ascending') return { key: first, id: FIRST_ID };
  if (last === undefined) throw new TypeError(`a list by ${key} must be ascending`);
  return { key: last, id: LAST_ID };
}

function unknownPage(): never {
  throw invalidField('/cursor', 'This page is no longer known. Start again from the first page.');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(cursor));
  } catch {
    return unknownPage();
  }
}

/** The place that a cursor names, or that of the first page without one. Refuses cursors of any other keyset. */
export function readCursor<Kind extends keyof KeyTypes>(
  keyset: Keyset<Kind>,
  cursor: string | undefined,
): Place<KeyTypes[Kind]> {
  if (cursor === undefined) return firstPlace(keyset);
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== keyset.name) return unknownPage();
  const [, key, id] = parts as unknown[];
  if (!IS_KEY[keyset.key](key) || typeof id !== 'string' || !UUID.test(id)) return unknownPage();
  return { key: key as KeyTypes[Kind], id };
}

/** The page of a query that was asked for one row more than `limit`, which tells whether another page follows. */
export function pageOf<Kind extends keyof KeyTypes, Row>(
  keyset: Keyset<Kind>,
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly [key: KeyTypes[Kind], id: string],
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || !last) return { items };
  return { items, nextCursor: encodeURIComponent(JSON.stringify([keyset.name, ...placeOf(last)])) };
}
