import type { PluginDatabase, PluginScope } from '../types.ts';
import { camelCase, describeData } from './description.ts';
import type { PreparedQuery } from './named-query.ts';
import { ReadWork } from './read-work.ts';
import { PluginPool, type PluginPoolOptions } from './session.ts';
import { type CatalogueTable, Table } from './table.ts';
import type { PluginCatalogue } from './work.ts';
import { WriteWork } from './write-work.ts';

export interface PluginDatabaseOptions extends PluginPoolOptions {
  pluginId: string;
  schema: string;
  tables: readonly CatalogueTable[];
  queries: readonly PreparedQuery[];
}

/** The data of one plugin version, as its handlers reach it. No connection is made before the first statement. */
export function openPluginDatabase(options: PluginDatabaseOptions): PluginDatabase {
  const pool = new PluginPool(options);
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
