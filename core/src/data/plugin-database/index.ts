export { exactJsonTypes } from './column-types.ts';
export { ConnectionBudget } from './connection-budget.ts';
export { camelCase, describeData, knownTables } from './description.ts';
export { Gate } from './gate.ts';
export type { PreparedQuery } from './named-query.ts';
export { openPluginDatabase, type PluginDatabaseOptions } from './open.ts';
export type { CatalogueTable } from './table.ts';
