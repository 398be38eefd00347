import type { PoolConfig } from 'pg';
import type { PluginDatabase, PluginScope } from '../types.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { camelCase, describeData } from './description.ts';
import type { Gate } from './gate.ts';
import type { PreparedQuery } from './named-query.ts';
import { ReadWork } from './read-work.ts';
import { PluginPool } from './session.ts';
import { type CatalogueTable, Table } from './table.ts';
import type { PluginCatalogue } from './work.ts';
import { WriteWork } from './write-work.ts';

export interface PluginDatabaseOptions {
  pluginId: string;
  schema: string;
  /** The runtime role's login, which owns nothing. */
  login: PoolConfig;
  tables: readonly CatalogueTable[];
  queries: readonly PreparedQuery[];
  /** Shared by all plugins. */
  budget: ConnectionBudget;
  /** Shared by all versions of the plugin. */
  gate: Gate;
  /** A connection failed while nobody used it; the pool replaces it. */
  onIdleError(error: Error): void;
}

/** The data of one plugin version, as its handlers reach it. No connection is made before the first statement. */
export function openPluginDatabase(options: PluginDatabaseOptions): PluginDatabase {
  const pool = new PluginPool(options.login, options.budget, options.gate, options.onIdleError);
  const catalogue: PluginCatalogue = {
    tables: new Map(options.tables.map((table) => [camelCase(table.name), new Table(options.schema, table)])),
    queries: new Map(options.queries.map((query) => [query.name, query])),
    constraints: new Map(options.tables.flatMap((table) => [...(table.constraints ?? [])])),
  };
  return {
    open: (scope: PluginScope) =>
      scope.readOnly ? new ReadWork(scope, catalogue, pool) : new WriteWork(scope, catalogue, pool),
    describe: () => describeData(options.tables, options.queries),
    close: () => pool.close(),
  };
}
