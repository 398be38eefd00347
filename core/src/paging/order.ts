import { type Conditions, microsOf, timeOf } from './conditions.ts';
import { type Keyset, type KeyValue, type Page, pageOf, readCursor } from './keyset.ts';

interface Ordered {
  id: string;
  sortKey: KeyValue;
}

/** Parts of a query whose rows have a uuid `id`, and by which they are ordered page by page. */
export interface ListOrder {
  /** To be selected, for the cursor. */
  readonly column: string;
  /** Adds the condition of where the page begins. */
  from(found: Conditions, cursor: string | undefined): Conditions;
  /** The end of the query; asks for one row more than the page has. */
  end(found: Conditions, limit: number): string;
  page<Row extends Ordered, Item>(
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Omit<Row, 'sortKey'>) => Item,
  ): Page<Item>;
}

/** Order by name without regard to case; names need not be unique. `list` is the cursor's, `table` the query's alias. */
export function byName(list: string, table: string): ListOrder {
  const keyset: Keyset = { name: list, parts: ['text', 'uuid'] };
  const name = `lower(${table}.name)`;
  const id = `${table}.id`;
  return {
    column: `${name} as "sortKey"`,
    from: (found, cursor) => found.add(`(${name}, ${id}) > (?, ?::uuid)`, ...readCursor(keyset, cursor)),
    end: (found, limit) => `order by ${name}, ${id} limit ${found.parameter(limit + 1)}`,
    page: pagesOf(keyset),
  };
}

/** Order by a timestamp, the newest first. `list` is the cursor's, `at` and `id` are columns of the query. */
export function newestFirst(list: string, at: string, id: string): ListOrder {
  const keyset: Keyset = { name: list, parts: ['micros', 'uuid'] };
  return {
    column: `${microsOf(at)} as "sortKey"`,
    from: (found, cursor) => found.add(`(${at}, ${id}) < (${timeOf('?')}, ?::uuid)`, ...readCursor(keyset, cursor)),
    end: (found, limit) => `order by ${at} desc, ${id} desc limit ${found.parameter(limit + 1)}`,
    page: pagesOf(keyset),
  };
}

function pagesOf(keyset: Keyset): ListOrder['page'] {
  return (rows, limit, itemOf) =>
    pageOf(
      rows,
      limit,
      keyset,
      (row) => [row.sortKey, row.id],
      ({ sortKey: _sortKey, ...row }) => itemOf(row),
    );
}
