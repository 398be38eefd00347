import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { rolePassword, type Target } from './target.ts';

/** Login roles of one installation. Roles belong to the whole server, hence the installation's prefix. */
export interface CoreRoles {
  tenant: string;
  platform: string;
  /** Owns the functions through which plugins write to core tables; nobody signs in as it. */
  effects: string;
  /** Groups of all plugins' runtime and owner roles: what every plugin may do is granted once. */
  runtimes: string;
  owners: string;
}

export function coreRoles(prefix: string): CoreRoles {
  return {
    tenant: `${prefix}_tenant`,
    platform: `${prefix}_platform`,
    effects: `${prefix}_effects`,
    runtimes: `${prefix}_runtimes`,
    owners: `${prefix}_owners`,
  };
}

/** How the names of all plugins' runtime roles begin. */
export function runtimeRolesBegin(prefix: string): string {
  return `${prefix}_p_`;
}

/** Roles of a plugin: `runtime` runs its statements and owns nothing, `owner` runs its migrations. */
export function pluginRoles(prefix: string, pluginId: string): { runtime: string; owner: string } {
  const name = pluginId.replaceAll('-', '_');
  return { runtime: `${runtimeRolesBegin(prefix)}${name}`, owner: `${prefix}_o_${name}` };
}

export function pluginSchema(pluginId: string): string {
  return `p_${pluginId.replaceAll('-', '_')}`;
}

/** Where the tables of a plugin wait that has been uninstalled. */
export function parkedSchema(pluginId: string): string {
  return `parked_${pluginId.replaceAll('-', '_')}`;
}

const REHEARSAL_SCHEMA = 'rehearsal_';

/**
 * Where migrations are tried, and who runs them there. Roles belong to the whole server, and databases that were
 * copied share a prefix: hence the number of the database.
 */
export function rehearsalSchema(pluginId: string): string {
  return `${REHEARSAL_SCHEMA}${pluginId.replaceAll('-', '_')}`;
}

export function rehearsalRole(prefix: string, databaseOid: number, pluginId: string): string {
  return `${prefix}_r_${databaseOid}_${pluginId.replaceAll('-', '_')}`;
}

/** The plugin whose rehearsal made the schema. */
export function rehearsedPlugin(schema: string): string | undefined {
  return schema.startsWith(REHEARSAL_SCHEMA) ? schema.slice(REHEARSAL_SCHEMA.length).replaceAll('_', '-') : undefined;
}

/** Catalogue rows of roles and grants are shared by all databases; whoever comes second is told to try again. */
const RACE_CODES = new Set(['42710', '23505', 'XX000', '40001', '40P01']);

/** `more`: another error after which it is worth trying again. */
export async function withRoleRaces<T>(work: () => Promise<T>, more?: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined;
      if (code === undefined || !(RACE_CODES.has(code) || code === more) || attempt >= 10) throw error;
      await sleep(10 * attempt + Math.random() * 30);
    }
  }
}

/** A role that was just there has been removed, e.g. by the purge of a plugin in a copy of this database. */
export const ROLE_REMOVED = '42704';

export interface RoleOptions {
  login: boolean;
  /** Group whose rights it has. */
  group?: string;
}

/**
 * Makes the role if it does not exist. Must not run inside a transaction, as losing a race would abort it.
 * Password and membership of the administrator (who could not hand objects over otherwise) are set once.
 */
export async function ensureRole(
  admin: ClientBase,
  target: Target,
  secret: string,
  role: string,
  options: RoleOptions,
): Promise<void> {
  const name = escapeIdentifier(role);
  const password = options.login && !target.embedded ? ` password ${escapeLiteral(rolePassword(secret, role))}` : '';
  await withRoleRaces(async () => {
    const { rowCount } = await admin.query('select from pg_catalog.pg_roles where rolname = $1', [role]);
    if (rowCount === 1) return;
    const { rows } = await admin.query<{ super: boolean }>(
      'select rolsuper as super from pg_catalog.pg_roles where rolname = current_user',
    );
    // One message is one transaction: a role without its memberships is never left behind.
    const statements = [`create role ${name} ${options.login ? 'login' : 'nologin'}${password}`];
    if (options.group) statements.push(`grant ${escapeIdentifier(options.group)} to ${name}`);
    if (!rows[0]?.super) statements.push(`grant ${name} to current_user`);
    await admin.query(statements.join('; '));
  });
}

export async function setPassword(admin: ClientBase, secret: string, role: string): Promise<void> {
  const password = escapeLiteral(rolePassword(secret, role));
  await withRoleRaces(() => admin.query(`alter role ${escapeIdentifier(role)} password ${password}`));
}
