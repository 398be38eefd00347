import type { JsonSchema } from '@bazaar/sdk';
import type { Database } from '../../data/index.ts';
import {
  conditions,
  type Keyset,
  microsOf,
  type Page,
  type PageInput,
  pageInput,
  pageOf,
  pageOutput,
  readCursor,
  timeOf,
} from '../../paging/index.ts';
import { defineRoute, PLUGIN_INPUT, type Route, signedIn } from '../../routes/index.ts';
import { BILLING_PERMISSION, type BillingDependencies } from '../dependencies.ts';
import type { Provider } from '../types.ts';
import { TAG } from './schemas.ts';

interface List<Row, Item> {
  /** Also the last part of the address. */
  table: 'purchases' | 'subscriptions' | 'invoices';
  columns: string;
  show(row: Row): Item;
}

type ListInput = PageInput & { plugin?: string };

async function listOf<Row extends { id: string }, Item>(
  db: Pick<Database, 'queryInTenant'>,
  tenantId: string,
  provider: Provider,
  { table, columns, show }: List<Row, Item>,
  page: ListInput,
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

/** A list of what the tenant has at the present provider, newest first: all of it, or of one plugin. */
export function listRoute<Row extends { id: string }, Item>(
  { db, gateway }: Pick<BillingDependencies, 'db' | 'gateway'>,
  {
    operationId,
    summary,
    item,
    ...list
  }: Pick<Route, 'operationId' | 'summary'> & { item: JsonSchema } & List<Row, Item>,
): Route {
  return defineRoute({
    method: 'GET',
    path: `/api/billing/${list.table}`,
    operationId,
    summary,
    tag: TAG,
    access: { permission: BILLING_PERMISSION },
    input: pageInput({ plugin: PLUGIN_INPUT }),
    output: pageOutput(item),
    handler: (context, page: ListInput) => listOf(db, signedIn(context).tenant.id, gateway.provider, list, page),
  });
}
