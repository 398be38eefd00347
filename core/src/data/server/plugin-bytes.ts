import type { PlatformSql } from '../contract.ts';
import { pluginSchema } from './roles.ts';

/** Of a table that a migration has locked the size cannot be told: nobody waits for that. */
const PATIENCE = "set local lock_timeout = '500ms'";
const BYTES = `
  select coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)::float8 as bytes
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'm')`;

/** See `Database.pluginBytes`. */
export async function pluginBytes(platform: PlatformSql, pluginId: string): Promise<number> {
  return platform.transaction(async (sql) => {
    await sql.query(PATIENCE);
    const { rows } = await sql.query<{ bytes: number }>(BYTES, [pluginSchema(pluginId)]);
    return rows[0]?.bytes ?? 0;
  });
}
