import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { StartupError } from '../../errors/index.ts';
import type { CoreRoles } from '../server/roles.ts';

const FOLDER = join(import.meta.dirname, 'migrations');

interface CoreMigration {
  name: string;
  sql: string;
  checksum: string;
}

function readMigrations(): CoreMigration[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const sql = readFileSync(join(FOLDER, file), 'utf8');
      return { name: file.slice(0, -4), sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

function withRoles(admin: Client, sql: string, roles: CoreRoles): string {
  const names: Record<string, string> = {
    tenant_role: roles.tenant,
    platform_role: roles.platform,
    effects_role: roles.effects,
    runtime_roles: roles.runtimes,
    owner_roles: roles.owners,
    admin_role: admin.user ?? '',
  };
  return sql.replace(/\{\{(\w+)\}\}/g, (_all, key: string) => {
    const name = names[key];
    if (!name) throw new Error(`unknown placeholder ${key} in a core migration`);
    return admin.escapeIdentifier(name);
  });
}

async function verifyApplied(admin: Client, migrations: readonly CoreMigration[]): Promise<Set<string>> {
  const { rows } = await admin.query<{ name: string; checksum: string }>('select name, checksum from core.migrations');
  for (const row of rows) {
    const known = migrations.find((migration) => migration.name === row.name);
    if (!known) {
      throw new StartupError(
        `The database was made by a newer version of Bazaar (migration ${row.name}): update first.`,
      );
    }
    if (known.checksum !== row.checksum) {
      throw new StartupError(`Core migration ${row.name} has changed since it was applied to this database.`);
    }
  }
  return new Set(rows.map((row) => row.name));
}

async function applyPending(
  admin: Client,
  roles: CoreRoles,
  migrations: readonly CoreMigration[],
  applied: ReadonlySet<string>,
): Promise<void> {
  // Loaded here: it takes longer to load than a later start, which has nothing pending, has for all of the database.
  const { Umzug } = await import('umzug');
  const umzug = new Umzug({
    logger: undefined,
    context: admin,
    migrations: migrations.map(({ name, sql }) => ({
      name,
      up: () => admin.query(withRoles(admin, sql, roles)),
    })),
    storage: {
      executed: async () => [...applied],
      logMigration: async ({ name }) => {
        const checksum = migrations.find((migration) => migration.name === name)?.checksum;
        await admin.query('insert into core.migrations (name, checksum) values ($1, $2)', [name, checksum]);
      },
      unlogMigration: async () => {
        throw new Error('core migrations are not reverted');
      },
    },
  });
  await admin.query('begin');
  try {
    await umzug.up();
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}

/** Brings schema `core` up to date, all or nothing; the caller holds the migration lock. Returns the newest migration. */
export async function migrateCore(admin: Client, roles: CoreRoles): Promise<string> {
  const migrations = readMigrations();
  const applied = await verifyApplied(admin, migrations);
  if (applied.size < migrations.length) await applyPending(admin, roles, migrations, applied);
  return migrations.at(-1)?.name ?? '';
}
