import { createHash } from 'node:crypto';
import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import { lockedRelations } from '../sql-check/index.ts';
import type { PluginDataPackage } from '../types.ts';
import { beginWithLocks, type Hold } from './migration-locks.ts';
import { PluginDataError } from './plugin-data-error.ts';
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

function explain(name: string, sql: string, error: unknown): Error {
  if (!(error instanceof DatabaseError)) return error instanceof Error ? error : new Error(String(error));
  const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split('\n').length})` : '';
  const hint = error.hint ? ` ${error.hint}` : '';
  return new PluginDataError(`Migration ${name}${line}: ${error.message}.${hint}`, { cause: error });
}

/** Rights of the runtime role on what the owner has made: rows of tenants' tables, shared ones to read. */
async function grantRuntime(owner: ClientBase, { schema, runtime, sharedTables }: VerificationScope): Promise<void> {
  const role = escapeIdentifier(runtime);
  const { rows } = await owner.query<{ name: string; kind: string; shared: boolean }>(
    `select relname as name, relkind as kind, relname = any ($2) as shared from pg_catalog.pg_class
      where relnamespace = $1::regnamespace and relkind in ('r', 'p', 'v', 'S') and not relispartition`,
    [schema, sharedTables],
  );
  for (const { name, kind, shared } of rows) {
    const object = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
    if (kind === 'S') {
      await owner.query(`grant usage on sequence ${object} to ${role}`);
    } else if (kind === 'v' || shared) {
      await owner.query(`revoke all on ${object} from ${role}; grant select on ${object} to ${role}`);
    } else {
      await owner.query(`grant select, insert, update, delete on ${object} to ${role}`);
    }
  }
}

/** Runs one half of a migration in the transaction that the owner's session is in. */
export async function runHalf(owner: ClientBase, scope: VerificationScope, name: string, sql: string): Promise<void> {
  await owner.query(`set local search_path = ${escapeIdentifier(scope.schema)}, pg_temp`);
  try {
    await owner.query(sql);
  } catch (error) {
    throw explain(name, sql, error);
  }
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
  scope: VerificationScope,
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
