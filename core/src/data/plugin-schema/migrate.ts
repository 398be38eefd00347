import { createHash } from 'node:crypto';
import { type ClientBase, escapeIdentifier } from 'pg';
import { lockedRelations } from '../sql-check/index.ts';
import type { PluginDataPackage } from '../types.ts';
import { beginWithLocks, type Hold } from './migration-locks.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { type MigrationScope, runHalf } from './run-half.ts';
import { grantRuntime } from './runtime-rights.ts';
import { findViolations, type VerificationScope } from './verify.ts';

export type Migration = PluginDataPackage['migrations'][number] & { checksum: string };

const NAME = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/;

/** Independent of how the file's lines end. */
function checksum(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}

/** In the order of their numbers; refuses names that have no order. */
export function orderMigrations(migrations: PluginDataPackage['migrations']): Migration[] {
  const numbers = new Set<string>();
  for (const { name } of migrations) {
    if (!NAME.test(name)) {
      throw new PluginDataError(`Migration "${name}" is not named NNNN-name, e.g. 0001-jobs.`);
    }
    const number = name.slice(0, 4);
    if (numbers.has(number)) throw new PluginDataError(`Two migrations have the number ${number}.`);
    numbers.add(number);
  }
  return migrations
    .map((migration) => ({ ...migration, checksum: checksum(migration.up) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Checksums by name, in order. */
export async function appliedMigrations(session: ClientBase, pluginId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await session.query<{ name: string; checksum: string }>(
    'select name, checksum from core.plugin_migrations where plugin_id = $1 order by name',
    [pluginId],
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** What is still to be applied. An applied migration that has changed or been overtaken is refused. */
export function pendingMigrations(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): Migration[] {
  const newest = [...applied.keys()].at(-1) ?? '';
  for (const { name, checksum: current } of migrations) {
    const known = applied.get(name);
    if (known === undefined && name < newest) {
      throw new PluginDataError(
        `Migration ${name} comes before ${newest}, which has been applied: give it a later number.`,
      );
    }
    if (known !== undefined && known !== current) {
      throw new PluginDataError(
        `Migration ${name} has changed since it was applied: put the change into a new migration and restore the file.`,
      );
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/** Reads in the catalogue whether the migrations left the schema safe, before they are committed. */
export async function requireSafe(
  owner: ClientBase,
  scope: VerificationScope,
  migrations: readonly Migration[],
): Promise<void> {
  // With its own functions out of sight, the plugin cannot take part in its inspection.
  await owner.query('set local search_path = pg_catalog, pg_temp');
  const violations = await findViolations(owner, scope);
  if (violations.length === 0) return;
  const names = migrations.map(({ name }) => name);
  const which = names.length === 1 ? `Migration ${names[0]} was` : `Migrations ${names[0]} to ${names.at(-1)} were`;
  throw new PluginDataError(`${which} rolled back: ${violations.join('; ')}.`);
}

/**
 * Applies migrations in one transaction of the owner's login and verifies the schema that results; `check` runs before
 * COMMIT and undoes everything by throwing.
 */
export async function applyMigrations(
  owner: ClientBase,
  pending: readonly Migration[],
  scope: MigrationScope,
  traffic: Hold,
  check: (session: ClientBase) => Promise<void>,
): Promise<void> {
  const locked = pending.flatMap(({ name, up }) => lockedRelations(name, up));
  await beginWithLocks(owner, scope.schema, locked, traffic);
  try {
    for (const { name, up, checksum: current } of pending) {
      await runHalf(owner, scope, name, up);
      await owner.query('select bazaar.record_migration($1, $2)', [name, current]);
    }
    await requireSafe(owner, scope, pending);
    await grantRuntime(owner, scope);
    await owner.query(`set local search_path = ${escapeIdentifier(scope.schema)}, pg_temp`);
    await check(owner);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}
