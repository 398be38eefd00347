import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperatedPlatform } from './operated-platform.ts';
import type { TestSession } from './test-session.ts';

/**
 * What may not change when an operation fails: what the operator sees, the lock file, the catalogue, kept packages.
 * Without roles: they are the server's, which the databases of all tests share.
 */
export async function wholeState(platform: OperatedPlatform, admin: TestSession): Promise<Record<string, unknown>> {
  const { items } = await platform.call<{ items: { capabilities: object[] }[] }>('GET', '/api/operator/plugins');
  const schemas = await admin.rows(
    `select nspname as schema from pg_namespace where nspname !~ '^(pg_|information_schema|graphile)' order by 1`,
  );
  const columns = await admin.rows(
    `select table_schema, table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
       where table_schema like 'p\\_%' or table_schema like 'parked\\_%' order by 1, 2, 3`,
  );
  const constraints = await admin.rows(
    `select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as is from pg_constraint
       where connamespace::regnamespace::text like 'p\\_%' order by 1, 2`,
  );
  const kept = await admin.rows(
    `select (select json_agg(p order by id) from (select id, state, active_version, previous_version, switching
         from core.plugins where state <> 'purged') p) as plugins,
       (select json_agg(v order by plugin_id, version) from (select plugin_id, version, integrity, tier, granted, source
         from core.plugin_versions) v) as versions,
       (select json_agg(integrity order by integrity) from core.plugin_packages) as packages,
       (select json_agg(m order by m) from (select plugin_id, name from core.plugin_migrations) m) as migrations,
       (select json_agg(c) from core.plugin_canaries c) as canaries`,
  );
  // Of packages, without the empty folder of a plugin that had some.
  const folders = await readdir(join(platform.folder, 'data/packages'), { recursive: true }).catch(() => []);
  return {
    items,
    lock: await platform.lockFile(),
    schemas,
    columns,
    constraints,
    kept,
    folders: folders.filter((path) => path.includes('/')).sort(),
  };
}
