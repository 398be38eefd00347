import type { PluginDataDescription, TableDescription } from '../types.ts';
import type { PreparedQuery } from './named-query.ts';
import type { CatalogueTable } from './table.ts';

/** A name of the database as plugins see it. */
export function camelCase(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

function describeTable({ name, columns, primaryKey, shared, constraints }: CatalogueTable): TableDescription {
  return {
    name: camelCase(name),
    table: name,
    columns: columns.filter(({ column }) => column !== 'tenant_id'),
    primaryKey: [...primaryKey],
    shared,
    constraints: Object.fromEntries([...(constraints ?? [])].map(([key, value]) => [key, [...value]])),
  };
}

/** Plain JSON of what a version knows. */
export function describeData(
  tables: readonly CatalogueTable[],
  queries: readonly PreparedQuery[],
): PluginDataDescription {
  return {
    tables: tables.map(describeTable),
    queries: queries.map(({ name, statement, params, columns, stars }) => ({
      name,
      statement,
      params,
      columns,
      ...(stars ? { stars } : {}),
    })),
  };
}

/** The way back, for a version that is opened by what it knows. */
export function knownTables(tables: readonly TableDescription[]): CatalogueTable[] {
  return tables.map(({ table, columns, primaryKey, shared, constraints }) => ({
    name: table,
    columns,
    primaryKey,
    shared,
    constraints: new Map(Object.entries(constraints)),
  }));
}
