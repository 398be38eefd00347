import type { Database } from '../../data/index.ts';
import {
  conditions,
  type Keyset,
  microsOf,
  type Page,
  type PageInput,
  pageOf,
  readCursor,
  timeOf,
} from '../../paging/index.ts';
import type { Provider } from '../types.ts';

interface List<Row, Item> {
  table: 'purchases' | 'subscriptions' | 'invoices';
  columns: string;
  show(row: Row): Item;
}

/** Rows of a tenant, newest first. */
export async function listOf<Row extends { id: string }, Item>(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  provider: Provider,
  { table, columns, show }: List<Row, Item>,
  page: PageInput & { plugin?: string },
): Promise<Page<Item>> {
  const keyset: Keyset = { name: table, parts: ['micros', 'text'] };
  const [micros, id] = readCursor(keyset, page.cursor);
  const found = conditions()
    .add('provider = ?', provider)
    .add('plugin_id = ?', page.plugin)
    .add(`(created_at, id::text) < (${timeOf('?')}, ?::text)`, micros, id);
  const { rows } = await db.queryInTenant<Row & { micros: number }>(
    tenantId,
    `select ${columns}, ${microsOf('created_at')} as micros from core.${table} ${found.where()}
      order by created_at desc, id::text desc limit ${found.parameter(page.limit + 1)}`,
    found.values,
  );
  return pageOf(
    rows,
    page.limit,
    keyset,
    (row) => [row.micros, row.id],
    ({ micros: _micros, ...row }) => show(row as unknown as Row),
  );
}
