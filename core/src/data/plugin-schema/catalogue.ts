import type { ClientBase } from 'pg';
import { type CatalogueTable, camelCase } from '../plugin-database/index.ts';
import type { ColumnDescription } from '../types.ts';

interface ColumnRow extends Omit<ColumnDescription, 'name'> {
  table: string;
  /** As a plugin sees it in `RowDescription`: oid of the table, number of the column. */
  tableOid: number;
  position: number;
  primaryKey: string[];
}

export interface SchemaCatalogue {
  tables: CatalogueTable[];
  /** Whether a column may be null, by `<table oid>.<column number>`. */
  nullable: ReadonlyMap<string, boolean>;
}

/** Tables that plugins name: partitions are reached through their parent, views through queries. */
const COLUMNS = `
  select c.relname as table, c.oid::integer as "tableOid", a.attnum as position, a.attname as column,
      case when t.typtype = 'd' then (select b.typname from pg_type b where b.oid = t.typbasetype) else t.typname end as type,
      not (a.attnotnull or t.typnotnull) as nullable, a.atthasdef or a.attidentity <> '' as "hasDefault",
      a.attgenerated <> '' or a.attidentity = 'a' as generated,
      array(select k.attname::text from pg_index x, unnest(x.indkey) with ordinality as i (attnum, n)
          join pg_attribute k on k.attnum = i.attnum
        where x.indrelid = c.oid and x.indisprimary and k.attrelid = c.oid order by i.n) as "primaryKey"
    from pg_class c join pg_attribute a on a.attrelid = c.oid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`;

/** Constraints and unique indexes with their columns, to name the field at fault. */
const CONSTRAINTS = `
  select c.relname as table, k.conname as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any (k.conkey)) as columns
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where c.relnamespace = $1::regnamespace and k.contype in ('c', 'u', 'p', 'x', 'f')
  union all
  select c.relname, i.relname,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = any (x.indkey))
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where c.relnamespace = $1::regnamespace and x.indisunique`;

export async function readCatalogue(
  session: ClientBase,
  schema: string,
  sharedTables: readonly string[],
): Promise<SchemaCatalogue> {
  const { rows } = await session.query<ColumnRow>(COLUMNS, [schema]);
  const { rows: constraints } = await session.query<{ table: string; name: string; columns: string[] }>(CONSTRAINTS, [
    schema,
  ]);
  const constraintsOf = (table: string) =>
    new Map(constraints.filter((one) => one.table === table).map(({ name, columns }) => [name, columns]));
  const tables = new Map<string, CatalogueTable>();
  const nullable = new Map<string, boolean>();
  for (const { table: name, tableOid, position, primaryKey, ...column } of rows) {
    const table = tables.get(name) ?? {
      name,
      columns: [],
      primaryKey,
      shared: sharedTables.includes(name),
      constraints: constraintsOf(name),
    };
    tables.set(name, table);
    table.columns.push({ name: camelCase(column.column), ...column });
    nullable.set(`${tableOid}.${position}`, column.nullable);
  }
  return { tables: [...tables.values()], nullable };
}

/** Names of types by oid; a domain goes by the name of its base type. */
export async function readTypeNames(session: ClientBase, oids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await session.query<{ oid: number; name: string }>(
    `select t.oid::integer as oid, coalesce(b.typname, t.typname)::text as name
       from pg_type t left join pg_type b on t.typtype = 'd' and b.oid = t.typbasetype where t.oid = any ($1)`,
    [oids],
  );
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}
