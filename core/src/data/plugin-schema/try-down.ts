import type { ClientBase } from 'pg';
import { readCatalogue } from './catalogue.ts';
import type { Migration } from './migrate.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { type MigrationScope, runHalf } from './run-half.ts';

/** All that a migration can make, by name and in one order. */
const INVENTORY = `
  select format('%s %s', case c.relkind when 'v' then 'view' when 'S' then 'sequence' when 'i' then 'index'
      when 'I' then 'index' when 'c' then 'type' else 'table' end, c.relname) as item
    from pg_catalog.pg_class c where c.relnamespace = $1::regnamespace
  union all
  select format('type %s', t.typname) from pg_catalog.pg_type t
    where t.typnamespace = $1::regnamespace and t.typtype in ('e', 'd')
  union all
  select format('constraint %s', k.conname) from pg_catalog.pg_constraint k
    where k.connamespace = $1::regnamespace`;

async function inventory(session: ClientBase, schema: string): Promise<string[]> {
  await session.query('set local search_path = pg_catalog, pg_temp');
  const { rows } = await session.query<{ item: string }>(INVENTORY, [schema]);
  const { tables } = await readCatalogue(session, schema, []);
  const columns = tables.flatMap(({ name, columns }) =>
    columns.map(({ column, type, nullable, hasDefault, generated }) =>
      [
        `column ${name}.${column} ${type}`,
        ...(nullable ? [] : ['not null']),
        ...(hasDefault ? ['default'] : []),
        ...(generated ? ['generated'] : []),
      ].join(' '),
    ),
  );
  return [...rows.map(({ item }) => item), ...columns].sort();
}

/** Runs a migration; if it has a down half, then also that, and the migration again: what it left would be met then. */
export async function runBothWays(owner: ClientBase, scope: MigrationScope, migration: Migration): Promise<void> {
  const { name, up, down } = migration;
  if (down.trim() === '') return runHalf(owner, scope, name, up);
  const before = await inventory(owner, scope.schema);
  await runHalf(owner, scope, name, up);
  await runHalf(owner, scope, `${name} (down)`, down);
  const after = await inventory(owner, scope.schema);
  const left = after.filter((item) => !before.includes(item));
  const missing = before.filter((item) => !after.includes(item));
  if (left.length > 0 || missing.length > 0) {
    const complaints = [
      ...(left.length > 0 ? [`leaves ${left.join(', ')}`] : []),
      ...(missing.length > 0 ? [`does not bring back ${missing.join(', ')}`] : []),
    ];
    throw new PluginDataError(`Migration ${name} (down) ${complaints.join(' and ')}.`);
  }
  await runHalf(owner, scope, name, up);
}
