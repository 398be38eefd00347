import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import type { DatabaseWarning } from '../contract.ts';
import { ROLE_REMOVED, runtimeRolesBegin, withRoleRaces } from './roles.ts';

/**
 * What the sorts and hashes of one session may put on the disk. A plugin has ten sessions: 320 MB at most, where the
 * sort of a cartesian product would write that in a second. Honest queries sort a few megabytes.
 */
const LIMIT = '32MB';

interface State {
  /** Without the limit. */
  roles: string[];
  mayLimit: boolean;
  serverLimits: boolean;
}

const STATE = `
  select
    array(select rolname::text from pg_catalog.pg_roles
      where starts_with(rolname::text, $1) and not coalesce($2 = any (rolconfig), false)) as roles,
    has_parameter_privilege('temp_file_limit', 'set') as "mayLimit",
    current_setting('temp_file_limit') <> '-1' as "serverLimits"`;

/**
 * Sets the limit for all roles that run plugins' statements and do not have it. It holds for their next sessions. Not
 * for those that run migrations: building an index of a large table takes much room.
 */
export async function limitTemporaryFiles(admin: ClientBase, prefix: string): Promise<DatabaseWarning[]> {
  const { rows } = await admin.query<State>(STATE, [runtimeRolesBegin(prefix), `temp_file_limit=${LIMIT}`]);
  const { roles, mayLimit, serverLimits } = rows[0] ?? { roles: [], mayLimit: false, serverLimits: false };
  if (!mayLimit) return serverLimits ? [] : [UNLIMITED];
  for (const role of roles) {
    const set = `alter role ${escapeIdentifier(role)} set temp_file_limit = '${LIMIT}'`;
    await withRoleRaces(() => admin.query(set)).catch((error: unknown) => {
      // Removed in the meantime, by the purge of its plugin on another node.
      if (!(error instanceof DatabaseError) || error.code !== ROLE_REMOVED) throw error;
    });
  }
  return [];
}

const UNLIMITED: DatabaseWarning = {
  code: 'temporary-files-unlimited',
  message:
    'The database user may not limit the temporary files of plugins’ queries, which may fill the disk of the server: set temp_file_limit there, or GRANT SET ON PARAMETER temp_file_limit to the user.',
};
