import type { JsonSchema } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';

/** Properties of the input of every list; see `pageInput`. */
export const PAGE_INPUT = {
  limit: { type: 'integer', minimum: 1, maximum: 100, default: 20, description: 'At most this many items.' },
  cursor: { type: 'string', maxLength: 600, description: 'The `nextCursor` of the page before.' },
};

export interface PageInput {
  limit: number;
  cursor?: string;
}

export interface Page<Item> {
  items: Item[];
  /** Absent on the last page. */
  nextCursor?: string;
}

/** The JSON Schema of a list's input; `filters` are properties beside those of paging. */
export function pageInput(filters: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return { type: 'object', additionalProperties: false, properties: { ...PAGE_INPUT, ...filters } };
}

/** The JSON Schema of a list's answer. */
export function pageOutput(item: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: item }, nextCursor: { type: 'string' } },
  };
}

/**
 * What the last item of a page is ordered by. `micros` is a timestamp as microseconds since the epoch (a JavaScript
 * date would lose digits, and pages would skip rows), `uuid` and `text` are what they say.
 */
type KeyPart = 'micros' | 'uuid' | 'text';

/** How a list is ordered and its cursors look. `name` keeps the cursor of one list from being used on another. */
export interface Keyset {
  name: string;
  parts: readonly KeyPart[];
}

const VALID: Record<KeyPart, (value: unknown) => boolean> = {
  micros: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  uuid: (value) => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
  text: (value) => typeof value === 'string' && !value.includes('\0'),
};

export type KeyValue = string | number;

export function writeCursor(keyset: Keyset, values: readonly KeyValue[]): string {
  return Buffer.from(JSON.stringify([keyset.name, ...values])).toString('base64url');
}

/** The values to continue after, as parameters of the query: `null` for each part on the first page. */
export function readCursor(keyset: Keyset, cursor: string | undefined): (KeyValue | null)[] {
  if (cursor === undefined) return keyset.parts.map(() => null);
  const [name, ...values] = parse(cursor);
  const valid =
    name === keyset.name &&
    values.length === keyset.parts.length &&
    keyset.parts.every((part, index) => VALID[part](values[index]));
  if (!valid) {
    const message = 'This cursor does not belong to this list.';
    throw new ApiError('invalid-input', message, { errors: [{ pointer: '/cursor', message }] });
  }
  return values as KeyValue[];
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    // Not JSON: as foreign as any other cursor that is not ours.
    return [];
  }
}

/** Makes a page of the rows of a query that asked for one more than `limit`. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyset: Keyset,
  keyOf: (row: Row) => readonly KeyValue[],
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(itemOf);
  return rows.length > limit && last !== undefined
    ? { items, nextCursor: writeCursor(keyset, keyOf(last)) }
    : { items };
}

/** A page of a short list that is in memory, ordered by `keyOf`. */
export function pageOfAll<Item>(
  all: readonly Item[],
  { limit, cursor }: PageInput,
  name: string,
  keyOf: (item: Item) => string,
): Page<Item> {
  const keyset: Keyset = { name, parts: ['text'] };
  const [after] = readCursor(keyset, cursor);
  const ordered = [...all].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const rest = typeof after === 'string' ? ordered.filter((item) => keyOf(item) > after) : ordered;
  return pageOf(
    rest.slice(0, limit + 1),
    limit,
    keyset,
    (item) => [keyOf(item)],
    (item) => item,
  );
}
