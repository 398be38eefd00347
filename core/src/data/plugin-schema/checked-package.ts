import { pluginSchema } from '../server/roles.ts';
import { checkMigration, checkNamedQuery, loadParser, moveSchema, SqlRefused } from '../sql-check/index.ts';
import type { PluginDataPackage } from '../types.ts';
import { type Migration, orderMigrations } from './migrate.ts';
import { PluginDataError } from './plugin-data-error.ts';
import type { QueryToPrepare } from './prepare-queries.ts';

const PLUGIN_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const LONGEST_PLUGIN_ID = 40;

/** A package whose names and statements have passed the checks that need no database. */
export interface CheckedPackage {
  pluginId: string;
  version: string;
  /** In the order of their numbers. */
  migrations: Migration[];
  queries: QueryToPrepare[];
  sharedTables: readonly string[];
}

export function checkPluginId(pluginId: string): void {
  if (!PLUGIN_ID.test(pluginId) || pluginId.length > LONGEST_PLUGIN_ID) {
    throw new PluginDataError(`"${pluginId}" is not a plugin id: kebab-case, at most ${LONGEST_PLUGIN_ID} letters.`);
  }
}

/** Of a version that is only opened: its migrations are not run. */
export type CheckedQueries = Omit<CheckedPackage, 'migrations'>;

function checkQueries(pkg: PluginDataPackage): CheckedQueries {
  const schema = pluginSchema(pkg.pluginId);
  const queries = pkg.queries.map(({ name, sql }) => ({
    name,
    ...checkNamedQuery(sql, { schema, name: `Query "${name}"` }),
  }));
  return { pluginId: pkg.pluginId, version: pkg.version, queries, sharedTables: pkg.sharedTables };
}

function checkMigrations(pkg: PluginDataPackage): Migration[] {
  const schema = pluginSchema(pkg.pluginId);
  const migrations = orderMigrations(pkg.migrations);
  for (const { name, up, down } of migrations) {
    checkMigration(up, { schema, name: `Migration ${name}` });
    if (down.trim() !== '') checkMigration(down, { schema, name: `Migration ${name} (down)` });
  }
  return migrations;
}

function inWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof SqlRefused) throw new PluginDataError(error.message, { cause: error });
    throw error;
  }
}

/** Rejects with PluginDataError naming the first statement that a plugin may not contain. */
export async function checkPackage(pkg: PluginDataPackage): Promise<CheckedPackage> {
  checkPluginId(pkg.pluginId);
  await loadParser();
  return inWords(() => ({ migrations: checkMigrations(pkg), ...checkQueries(pkg) }));
}

/** As `checkPackage`, of the queries only. */
export async function checkPackageQueries(pkg: PluginDataPackage): Promise<CheckedQueries> {
  checkPluginId(pkg.pluginId);
  await loadParser();
  return inWords(() => checkQueries(pkg));
}

/** The same package on a schema of another name. */
export function moveToSchema(pkg: CheckedPackage, schema: string): CheckedPackage {
  const own = pluginSchema(pkg.pluginId);
  return inWords(() => ({
    ...pkg,
    migrations: pkg.migrations.map((migration) => ({
      ...migration,
      up: moveSchema(migration.up, own, schema),
      down: moveSchema(migration.down, own, schema),
    })),
    queries: pkg.queries.map((query) => ({ ...query, text: moveSchema(query.text, own, schema) })),
  }));
}
