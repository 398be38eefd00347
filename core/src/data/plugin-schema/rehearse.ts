import { type ClientBase, escapeIdentifier } from 'pg';
import type { Rehearsal } from '../contract.ts';
import { camelCase } from '../plugin-database/index.ts';
import { pluginSchema } from '../server/roles.ts';
import { type CheckedPackage, moveToSchema } from './checked-package.ts';
import { compareWithSchema, type Knowledge, learn } from './knowledge.ts';
import { type Migration, requireSafe } from './migrate.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { inThrowawaySchema } from './rehearsal-place.ts';
import { type MigrationScope, runHalf } from './run-half.ts';
import type { Sessions } from './sessions.ts';
import { runBothWays } from './try-down.ts';

/** Who has rows in the throw-away schema. */
const TENANTS = ['00000000-0000-4000-8000-000000000000'];
const SETTINGS = { statement_timeout: '60s', lock_timeout: '10s' };

/** The migrations of all versions concerned, in order: the schema as it is may hold some that one of them lacks. */
function allMigrations(versions: readonly CheckedPackage[]): Migration[] {
  const byName = new Map<string, Migration>();
  for (const { version, migrations } of versions) {
    for (const migration of migrations) {
      const known = byName.get(migration.name);
      if (known && known.checksum !== migration.checksum) {
        throw new PluginDataError(
          `Migration ${migration.name} is not the same in version ${version}: put the change into a new migration and restore the file.`,
        );
      }
      if (!known) byName.set(migration.name, migration);
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

class Rehearser {
  readonly #owner: ClientBase;
  readonly #scope: MigrationScope;
  readonly #pkg: CheckedPackage;
  readonly #serving: readonly CheckedPackage[];
  /** What each serving version knew when its own migrations had run and no later one; or why it could not be told. */
  readonly #known = new Map<CheckedPackage, Knowledge | PluginDataError>();

  constructor(owner: ClientBase, scope: MigrationScope, pkg: CheckedPackage, serving: readonly CheckedPackage[]) {
    this.#owner = owner;
    this.#scope = scope;
    this.#pkg = pkg;
    this.#serving = serving;
  }

  async run(applied: readonly Migration[], pending: readonly Migration[]): Promise<Rehearsal> {
    const done = new Set<string>();
    // In two transactions as in life: e.g. a value added to an enum can only be used in a later one.
    for (const part of [applied, pending]) {
      await this.#owner.query('begin');
      await this.#learnServing(done);
      for (const migration of part) {
        if (part === pending) await runBothWays(this.#owner, this.#scope, migration);
        else await runHalf(this.#owner, this.#scope, migration.name, migration.up);
        done.add(migration.name);
        await this.#learnServing(done);
      }
      if (part === applied) await this.#owner.query('commit');
    }
    await requireSafe(this.#owner, this.#scope, pending);
    await this.#lookIntoSchema();
    const { description } = await learn(this.#owner, this.#scope.schema, this.#pkg);
    const conflicts: Rehearsal['conflicts'] = [];
    for (const [{ version }, known] of this.#known) {
      const reasons =
        known instanceof PluginDataError
          ? [known.message]
          : await compareWithSchema(this.#owner, this.#scope.schema, known, this.#pkg.sharedTables);
      if (reasons.length > 0) conflicts.push({ version, reasons });
    }
    await this.#owner.query('rollback');
    return { ...description, conflicts };
  }

  async #learnServing(done: ReadonlySet<string>): Promise<void> {
    for (const version of this.#serving) {
      if (this.#known.has(version) || version.migrations.some(({ name }) => !done.has(name))) continue;
      await this.#lookIntoSchema();
      this.#known.set(version, await this.#learnOne(version));
    }
  }

  /** A fault of a serving version is not the new one's. */
  async #learnOne(version: CheckedPackage): Promise<Knowledge | PluginDataError> {
    try {
      return await learn(this.#owner, this.#scope.schema, version);
    } catch (error) {
      if (error instanceof PluginDataError) return error;
      throw error;
    }
  }

  async #lookIntoSchema(): Promise<void> {
    await this.#owner.query(`set local search_path = ${escapeIdentifier(this.#scope.schema)}, pg_temp`);
  }
}

/** What was found out in the throw-away schema, in the words of the plugin's own; a column may be called like it. */
function moveBack(rehearsal: Rehearsal, from: string, to: string): Rehearsal {
  const text = JSON.stringify(rehearsal).replaceAll(from, to).replaceAll(camelCase(from), camelCase(to));
  return JSON.parse(text) as Rehearsal;
}

/**
 * Runs the migrations in a schema that is thrown away and tries the queries of the new version and of those that
 * serve. `applied`: names of the migrations that the schema in use has. The session holds the plugin's lock.
 */
export async function rehearse(
  sessions: Sessions,
  admin: ClientBase,
  pkg: CheckedPackage,
  serving: readonly CheckedPackage[],
  applied: ReadonlySet<string>,
): Promise<Rehearsal> {
  const own = pluginSchema(pkg.pluginId);
  return inThrowawaySchema(sessions, admin, pkg.pluginId, async (place) => {
    const versions = serving.map((version) => moveToSchema(version, place.schema));
    const moved = moveToSchema(pkg, place.schema);
    const migrations = allMigrations([moved, ...versions]);
    const [before, pending] = [true, false].map((done) => migrations.filter(({ name }) => applied.has(name) === done));
    const scope = { ...place, sharedTables: pkg.sharedTables, tenants: TENANTS };
    try {
      const rehearsal = await sessions.as(place.owner, SETTINGS, (owner) =>
        new Rehearser(owner, scope, moved, versions).run(before ?? [], pending ?? []),
      );
      return moveBack(rehearsal, place.schema, own);
    } catch (error) {
      if (!(error instanceof PluginDataError)) throw error;
      throw new PluginDataError(error.message.replaceAll(place.schema, own), { cause: error.cause });
    }
  });
}
