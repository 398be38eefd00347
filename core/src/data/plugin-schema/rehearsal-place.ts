import { type ClientBase, escapeIdentifier } from 'pg';
import { ensureRole, rehearsalRole, rehearsalSchema, rehearsedPlugin } from '../server/roles.ts';
import type { Sessions } from './sessions.ts';
import type { VerificationScope } from './verify.ts';

async function databaseOid(admin: ClientBase): Promise<number> {
  const { rows } = await admin.query<{ oid: string }>(
    'select oid from pg_catalog.pg_database where datname = current_database()',
  );
  return Number(rows[0]?.oid);
}

async function remove(admin: ClientBase, schema: string, role: string): Promise<void> {
  const { rows } = await admin.query<{ schema: boolean; role: boolean }>(
    'select to_regnamespace($1) is not null as schema, to_regrole($2) is not null as role',
    [schema, role],
  );
  if (rows[0]?.role) {
    // Of a process that was killed: its session may not have noticed.
    await admin.query('select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where usename = $1', [role]);
  }
  const statements = [
    ...(rows[0]?.schema ? [`drop schema ${escapeIdentifier(schema)} cascade`] : []),
    ...(rows[0]?.role ? [`drop role ${escapeIdentifier(role)}`] : []),
  ];
  if (statements.length > 0) await admin.query(statements.join('; '));
}

/** What processes have left behind that were killed in mid-rehearsal. */
async function removeLeftovers(sessions: Sessions, admin: ClientBase, oid: number, but: string): Promise<void> {
  const { rows } = await admin.query<{ schema: string }>(
    `select nspname as schema from pg_catalog.pg_namespace where starts_with(nspname::text, 'rehearsal_')`,
  );
  for (const { schema } of rows) {
    const pluginId = rehearsedPlugin(schema);
    if (pluginId === undefined || pluginId === but) continue;
    const role = rehearsalRole(sessions.options.prefix, oid, pluginId);
    await sessions.ifFree(admin, pluginId, () => remove(admin, schema, role));
  }
}

/** What a rehearsal of this plugin has left behind. The caller holds the plugin's lock. */
export async function removeRehearsal(sessions: Sessions, admin: ClientBase, pluginId: string): Promise<void> {
  const role = rehearsalRole(sessions.options.prefix, await databaseOid(admin), pluginId);
  await remove(admin, rehearsalSchema(pluginId), role);
}

/**
 * A schema and a login role that last as long as `work`. The caller holds the plugin's lock, so that no two rehearsals
 * of a plugin meet.
 */
export async function inThrowawaySchema<T>(
  sessions: Sessions,
  admin: ClientBase,
  pluginId: string,
  work: (scope: Omit<VerificationScope, 'sharedTables'>) => Promise<T>,
): Promise<T> {
  const { target, secret, prefix, roles } = sessions.options;
  const oid = await databaseOid(admin);
  const schema = rehearsalSchema(pluginId);
  const role = rehearsalRole(prefix, oid, pluginId);
  await removeLeftovers(sessions, admin, oid, pluginId);
  await remove(admin, schema, role);
  try {
    await ensureRole(admin, target, secret, role, { login: true, group: roles.owners });
    const name = escapeIdentifier(schema);
    await admin.query(`create schema ${name}; grant usage, create on schema ${name} to ${escapeIdentifier(role)}`);
    return await work({ schema, owner: role, runtime: role });
  } finally {
    await remove(admin, schema, role);
  }
}
