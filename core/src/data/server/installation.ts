import { createHmac, randomInt } from 'node:crypto';
import { type Client, DatabaseError } from 'pg';
import { type CoreRoles, coreRoles, ensureRole, ROLE_REMOVED, setPassword, withRoleRaces } from './roles.ts';
import type { Target } from './target.ts';

export interface Installation {
  /** Begins the name of each of our roles; differs between the databases of one server. */
  prefix: string;
  roles: CoreRoles;
}

const PREFIX_LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function newPrefix(): string {
  return `bz${Array.from({ length: 6 }, () => PREFIX_LETTERS[randomInt(PREFIX_LETTERS.length)]).join('')}`;
}

async function readOrCreate(admin: Client): Promise<{ prefix: string; secretMark: string | null }> {
  await admin.query(`
    create schema if not exists core;
    create table if not exists core.installation (
      prefix text not null check (prefix ~ '^bz[a-z]{6}$'),
      -- Shows whether the secret has changed, and with it every role's password.
      secret_mark text,
      single boolean primary key default true check (single),
      created_at timestamptz not null default now()
    );
    create table if not exists core.migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  await admin.query('insert into core.installation (prefix) values ($1) on conflict do nothing', [newPrefix()]);
  const { rows } = await admin.query<{ prefix: string; secretMark: string | null }>(
    'select prefix, secret_mark as "secretMark" from core.installation',
  );
  const [installation] = rows;
  if (!installation) throw new Error('core.installation is empty or hidden from its owner');
  return installation;
}

/** Rights on the database itself, which a copy of a database does not inherit. Repeats nothing that is in place. */
async function grantDatabase(admin: Client, target: Target, roles: CoreRoles): Promise<void> {
  const { rows } = await admin.query<{ ready: boolean }>(
    `select has_database_privilege($1, current_database(), 'connect') and has_database_privilege($2, current_database(), 'create')
        and has_database_privilege($3, current_database(), 'connect')
        and not exists (
          select from pg_catalog.pg_database d, pg_catalog.aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
          where d.datname = current_database() and a.grantee = 0
        ) as ready`,
    [roles.tenant, roles.platform, roles.owners],
  );
  if (rows[0]?.ready) return;
  const database = admin.escapeIdentifier(target.database);
  await withRoleRaces(() =>
    admin.query(`
      revoke all on database ${database} from public;
      grant connect on database ${database} to ${roles.tenant}, ${roles.platform}, ${roles.runtimes}, ${roles.owners};
      grant create on database ${database} to ${roles.platform};
      revoke all on schema public from public`),
  );
}

/** Finds or makes what all else stands on: the installation's prefix, its roles, their right to connect. */
export async function ensureInstallation(admin: Client, target: Target, secret: string): Promise<Installation> {
  const { prefix, secretMark } = await readOrCreate(admin);
  const roles = coreRoles(prefix);
  for (const role of [roles.tenant, roles.platform]) await ensureRole(admin, target, secret, role, { login: true });
  for (const role of [roles.effects, roles.runtimes, roles.owners]) {
    await ensureRole(admin, target, secret, role, { login: false });
  }
  if (!target.embedded) await renewPasswords(admin, secret, prefix, secretMark);
  await grantDatabase(admin, target, roles);
  return { prefix, roles };
}

async function renewPasswords(admin: Client, secret: string, prefix: string, secretMark: string | null): Promise<void> {
  const mark = createHmac('sha256', secret).update('mark of the secret').digest('base64url');
  if (mark === secretMark) return;
  const { rows } = await admin.query<{ role: string }>(
    `select rolname as role from pg_catalog.pg_roles where starts_with(rolname::text, $1) and rolcanlogin`,
    [`${prefix}_`],
  );
  for (const { role } of rows) {
    await setPassword(admin, secret, role).catch((error: unknown) => {
      // Removed in the meantime (a purge on another node): it gets its password when it is made again.
      if (!(error instanceof DatabaseError) || error.code !== ROLE_REMOVED) throw error;
    });
  }
  await admin.query('update core.installation set secret_mark = $1', [mark]);
}
