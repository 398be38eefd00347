import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import { parkedSchema, pluginRoles, pluginSchema, withRoleRaces } from '../server/roles.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { findSchema, scopeOf } from './schema-home.ts';
import type { Sessions } from './sessions.ts';
import { findViolations } from './verify.ts';

const OTHERS_DEPEND_ON_IT = '2BP01';

async function inTransaction(admin: ClientBase, work: () => Promise<void>): Promise<void> {
  await admin.query(`begin; set local lock_timeout = '10s'`);
  try {
    await work();
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback').catch(() => undefined);
    throw error;
  }
}

function rename(admin: ClientBase, from: string, to: string) {
  return admin.query(`alter schema ${escapeIdentifier(from)} rename to ${escapeIdentifier(to)}`);
}

/** Out of reach of every statement of the plugin, which names the schema; rows, rights and protection stay as they are. */
export async function park(admin: ClientBase, pluginId: string): Promise<void> {
  const { live, parked } = await findSchema(admin, pluginId);
  if (live && parked) {
    throw new PluginDataError(`${pluginId} has parked data already: purge or restore it before more is parked.`);
  }
  if (live) await rename(admin, pluginSchema(pluginId), parkedSchema(pluginId));
}

/** Shared tables are not written down in the database: those without a tenant that the plugin may only read. */
const SHARED = `
  select c.relname as name from pg_catalog.pg_class c
    where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_catalog.pg_attribute a
        where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      and not has_table_privilege($2, c.oid, 'insert, update, delete, truncate')`;

/** Rejects, and leaves it parked, when what comes back would not be as safe as what went. */
export async function restore(sessions: Sessions, admin: ClientBase, pluginId: string): Promise<void> {
  const { live, parked } = await findSchema(admin, pluginId);
  if (!parked) return;
  if (live) throw new PluginDataError(`${pluginId} has tables in use: what is parked cannot take their place.`);
  await inTransaction(admin, async () => {
    const { schema, runtime } = scopeOf(sessions, pluginId, []);
    await rename(admin, parkedSchema(pluginId), schema);
    const { rows } = await admin.query<{ name: string }>(SHARED, [schema, runtime]);
    const scope = scopeOf(
      sessions,
      pluginId,
      rows.map(({ name }) => name),
    );
    const violations = await findViolations(admin, scope);
    if (violations.length > 0) {
      throw new PluginDataError(`The parked tables of ${pluginId} are unsafe: ${violations.join('; ')}.`);
    }
  });
}

async function dropRole(sessions: Sessions, admin: ClientBase, role: string): Promise<void> {
  try {
    await withRoleRaces(() => admin.query(`drop role if exists ${escapeIdentifier(role)}`));
  } catch (error) {
    // Roles belong to the server: a copy of this database may need it still.
    if (!(error instanceof DatabaseError) || error.code !== OTHERS_DEPEND_ON_IT) throw error;
    sessions.options.logger.warn({ role }, 'database role kept: another database of the server uses it');
  }
}

/** Nothing of the plugin's data stays, in use or parked. Whoever still works with it is cut off. */
export async function purge(sessions: Sessions, admin: ClientBase, pluginId: string): Promise<void> {
  const { runtime, owner } = pluginRoles(sessions.options.prefix, pluginId);
  await admin.query(
    `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity
      where usename = any ($1) and datname = current_database()`,
    [[runtime, owner]],
  );
  await inTransaction(admin, async () => {
    for (const schema of [pluginSchema(pluginId), parkedSchema(pluginId)]) {
      await admin.query(`drop schema if exists ${escapeIdentifier(schema)} cascade`);
    }
    await admin.query('delete from core.plugin_migrations where plugin_id = $1', [pluginId]);
    await admin.query('delete from core.plugin_roles where plugin_id = $1', [pluginId]);
  });
  for (const role of [runtime, owner]) await dropRole(sessions, admin, role);
}
