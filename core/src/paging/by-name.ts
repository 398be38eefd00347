import type { Conditions } from './conditions.ts';
import { type Keyset, type Page, pageOf, readCursor } from './keyset.ts';

interface Named {
  id: string;
  sortKey: string;
}

/** Parts of a query whose rows have a `name` and a uuid `id`, in the order of their names. */
export interface ByName {
  /** To be selected, for the cursor. */
  readonly column: string;
  /** Adds the condition of where the page begins. */
  from(found: Conditions, cursor: string | undefined): Conditions;
  /** The end of the query; asks for one row more than the page has. */
  end(found: Conditions, limit: number): string;
  page<Row extends Named, Item>(
    rows: readonly Row[],
    limit: number,
    itemOf: (row: Omit<Row, 'sortKey'>) => Item,
  ): Page<Item>;
}

/** Order by name without regard to case; names need not be unique. `list` is the cursor's, `table` the query's alias. */
export function byName(list: string, table: string): ByName {
  const keyset: Keyset = { name: list, parts: ['text', 'uuid'] };
  const name = `lower(${table}.name)`;
  const id = `${table}.id`;
  return {
    column: `${name} as "sortKey"`,
    from: (found, cursor) => found.add(`(${name}, ${id}) > (?, ?::uuid)`, ...readCursor(keyset, cursor)),
    end: (found, limit) => `order by ${name}, ${id} limit ${found.parameter(limit + 1)}`,
    page: (rows, limit, itemOf) =>
      pageOf(
        rows,
        limit,
        keyset,
        (row) => [row.sortKey, row.id],
        ({ sortKey: _sortKey, ...row }) => itemOf(row),
      ),
  };
}
