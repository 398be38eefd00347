import { invalidField } from '@bazaar/sdk';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const END_OF_TIME = '9999-12-31T23:59:59.999Z';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_OFFSET = 100_000;

/** Where a list ordered by time, newest first, goes on. */
export interface Place {
  createdAt: string;
  id: string;
}

function unknownPage(): never {
  throw invalidField('/cursor', 'This page is no longer known. Start again from the first page.');
}

export function readPlace(cursor: string | undefined): Place {
  if (cursor === undefined) return { createdAt: END_OF_TIME, id: LAST_ID };
  const [createdAt = '', id = ''] = cursor.split('~');
  if (!TIME.test(createdAt) || Number.isNaN(Date.parse(createdAt)) || !UUID.test(id)) return unknownPage();
  return { createdAt, id };
}

/** Cuts the row too many that tells whether another page follows. */
export function pageByTime<Row extends Place>(rows: readonly Row[], limit: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, nextCursor: `${last.createdAt}~${last.id}` } : { items };
}

export function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^\d{1,6}$/.test(cursor) ? Number(cursor) : Number.NaN;
  return offset <= MOST_OFFSET ? offset : unknownPage();
}

export function pageByOffset<Row>(rows: readonly Row[], limit: number, offset: number) {
  const items = rows.slice(0, limit);
  return rows.length > limit ? { items, nextCursor: String(offset + limit) } : { items };
}
