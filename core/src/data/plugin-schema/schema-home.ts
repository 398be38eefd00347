import { type ClientBase, escapeIdentifier } from 'pg';
import { ensureRole, parkedSchema, pluginRoles, pluginSchema, ROLE_REMOVED, withRoleRaces } from '../server/roles.ts';
import { limitTemporaryFiles } from '../server/temporary-files.ts';
import { PluginDataError } from './plugin-data-error.ts';
import type { Sessions } from './sessions.ts';
import type { VerificationScope } from './verify.ts';

export function scopeOf(sessions: Sessions, pluginId: string, sharedTables: readonly string[]): VerificationScope {
  return { schema: pluginSchema(pluginId), ...pluginRoles(sessions.options.prefix, pluginId), sharedTables };
}

/** Where the tables of a plugin are: in use, put aside, or nowhere. */
export async function findSchema(
  admin: ClientBase,
  pluginId: string,
): Promise<{ live: boolean; parked: boolean; schema: string | undefined }> {
  const [live, parked] = [pluginSchema(pluginId), parkedSchema(pluginId)];
  const { rows } = await admin.query<{ live: boolean; parked: boolean }>(
    'select to_regnamespace($1) is not null as live, to_regnamespace($2) is not null as parked',
    [live, parked],
  );
  const found = rows[0] ?? { live: false, parked: false };
  return { ...found, schema: found.live ? live : found.parked ? parked : undefined };
}

function parkedError(pluginId: string): PluginDataError {
  return new PluginDataError(`The data of ${pluginId} is parked: restore it, or purge it to begin anew.`);
}

export async function requireLive(admin: ClientBase, pluginId: string): Promise<void> {
  const { live, parked } = await findSchema(admin, pluginId);
  if (live) return;
  throw parked ? parkedError(pluginId) : new PluginDataError(`${pluginId} has no tables here: install it first.`);
}

/** Schema, roles and their registration; the administrator owns the schema, so that the plugin cannot give it away. */
export async function ensureSchema(
  sessions: Sessions,
  admin: ClientBase,
  pluginId: string,
  scope: VerificationScope,
): Promise<void> {
  const { target, secret, prefix, roles } = sessions.options;
  const { rows } = await admin.query<{ ready: boolean }>(
    `select (select count(*) = 2 from core.plugin_roles where plugin_id = $1)
        and to_regnamespace($2) is not null and to_regrole($3) is not null and to_regrole($4) is not null as ready`,
    [pluginId, scope.schema, scope.runtime, scope.owner],
  );
  if (rows[0]?.ready) return;
  const { live, parked } = await findSchema(admin, pluginId);
  if (parked && !live) throw parkedError(pluginId);
  await withRoleRaces(async () => {
    await ensureRole(admin, target, secret, scope.runtime, { login: true, group: roles.runtimes });
    await ensureRole(admin, target, secret, scope.owner, { login: true, group: roles.owners });
    await limitTemporaryFiles(admin, prefix);
    await makeSchema(admin, pluginId, scope);
  }, ROLE_REMOVED);
}

/** In migrations, the owner acts as the runtime role for tenants, whose rows it must not bring together. */
export async function letOwnerActAsRuntime(admin: ClientBase, { owner, runtime }: VerificationScope): Promise<void> {
  const { rows } = await admin.query<{ member: boolean; options: boolean }>(
    `select pg_has_role($1, $2, 'member') as member, current_setting('server_version_num')::integer >= 160000 as options`,
    [owner, runtime],
  );
  if (rows[0]?.member) return;
  // It may become that role and has none of its rights meanwhile. PostgreSQL 15 cannot tell the two apart.
  const options = rows[0]?.options ? ' with inherit false, set true' : '';
  await withRoleRaces(() => admin.query(`grant ${escapeIdentifier(runtime)} to ${escapeIdentifier(owner)}${options}`));
}

async function makeSchema(admin: ClientBase, pluginId: string, scope: VerificationScope): Promise<void> {
  const schema = escapeIdentifier(scope.schema);
  await admin.query('begin');
  try {
    await admin.query('insert into core.plugins (id) values ($1) on conflict do nothing', [pluginId]);
    await admin.query(
      `insert into core.plugin_roles (role, plugin_id, kind) values ($2, $1, 'runtime'), ($3, $1, 'owner') on conflict do nothing`,
      [pluginId, scope.runtime, scope.owner],
    );
    await admin.query(`
      create schema if not exists ${schema};
      grant usage on schema ${schema} to ${escapeIdentifier(scope.runtime)};
      grant usage, create on schema ${schema} to ${escapeIdentifier(scope.owner)}`);
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}
