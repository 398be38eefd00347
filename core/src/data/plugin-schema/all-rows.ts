import type { JsonObject } from '@bazaar/sdk';
import { type ClientBase, type CustomTypesConfig, escapeIdentifier } from 'pg';
import { exactJsonTypes } from '../plugin-database/index.ts';

/** Batches shrink when rows are big. They stay small, as nobody knows how big the next rows are. */
const LARGEST_BATCH = 50;
const BATCH_CHARACTERS = 1_000_000;

interface Table {
  name: string;
  sqlName: string;
  /** Whether its rows belong to tenants. */
  owned: boolean;
}

async function tablesOf(session: ClientBase, schema: string): Promise<Table[]> {
  const { rows } = await session.query<{ name: string; owned: boolean }>(
    `select relname as name, exists (select from pg_catalog.pg_attribute
        where attrelid = pg_class.oid and attname = 'tenant_id' and not attisdropped) as owned
      from pg_catalog.pg_class
      where relnamespace = $1::regnamespace and relkind in ('r', 'p') and not relispartition order by relname`,
    [schema],
  );
  return rows.map(({ name, owned }) => ({
    name,
    owned,
    sqlName: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
  }));
}

/** Those whose rows belong to tenants. */
export async function tenantTables(session: ClientBase, schema: string): Promise<Table[]> {
  return (await tablesOf(session, schema)).filter(({ owned }) => owned);
}

/** Of all tenants together, or of one. The session is the owner's, whom row security shows everything. */
export async function countRows(
  owner: ClientBase,
  schema: string,
  tenantId: string | null,
): Promise<{ table: string; rows: number }[]> {
  const all = await tablesOf(owner, schema);
  const tables = tenantId === null ? all : all.filter(({ owned }) => owned);
  if (tables.length === 0) return [];
  const whose = tenantId === null ? '' : ' where tenant_id = $1';
  const counts = tables.map(({ sqlName }) => `(select count(*) from ${sqlName}${whose})`);
  const { rows } = await owner.query<{ counts: string[] }>(
    `select array[${counts.join(', ')}]::text[] as counts`,
    tenantId === null ? [] : [tenantId],
  );
  return tables.map(({ name }, index) => ({ table: name, rows: Number(rows[0]?.counts[index]) }));
}

/** Rows of tenants that are not among these, by table. */
export async function countOrphans(
  owner: ClientBase,
  schema: string,
  tenantIds: readonly string[],
): Promise<{ table: string; rows: number }[]> {
  const tables = await tenantTables(owner, schema);
  if (tables.length === 0) return [];
  const counts = tables.map(
    ({ sqlName }) => `(select count(*) from ${sqlName} where not tenant_id = any ($1::uuid[]))`,
  );
  const { rows } = await owner.query<{ counts: string[] }>(`select array[${counts.join(', ')}]::text[] as counts`, [
    tenantIds,
  ]);
  return tables.map(({ name }, index) => ({ table: name, rows: Number(rows[0]?.counts[index]) }));
}

/** Tells how much text the rows of a batch were, without holding it. */
function measured(types: CustomTypesConfig): { types: CustomTypesConfig; taken(): number } {
  let characters = 0;
  return {
    types: {
      getTypeParser: (oid: number) => {
        const parse = types.getTypeParser(oid as never, 'text') as (text: string) => unknown;
        return (text: string) => {
          characters += text.length;
          return parse(text);
        };
      },
    } as CustomTypesConfig,
    taken: () => {
      const before = characters;
      characters = 0;
      return before;
    },
  };
}

/**
 * Every row of every table and tenant, table by table, by the names of the database, all of one moment. The session is
 * the owner's and does nothing else meanwhile.
 */
export async function* allRows(
  owner: ClientBase,
  schema: string,
): AsyncGenerator<{ table: string; row: JsonObject }, void, undefined> {
  await owner.query('begin isolation level repeatable read, read only');
  const { types, taken } = measured(exactJsonTypes);
  for (const { name, sqlName } of await tablesOf(owner, schema)) {
    await owner.query(`declare export no scroll cursor for select * from ${sqlName}`);
    let size = LARGEST_BATCH;
    for (;;) {
      const { rows } = await owner.query<JsonObject>({ text: `fetch ${size} from export`, types });
      for (const row of rows) yield { table: name, row };
      if (rows.length < size) break;
      const fitting = Math.floor((size * BATCH_CHARACTERS) / Math.max(1, taken()));
      size = Math.max(1, Math.min(LARGEST_BATCH, fitting));
    }
    await owner.query('close export');
  }
  await owner.query('commit');
}
