export { checkMigration } from './migration.ts';
export { type CheckedQuery, checkNamedQuery } from './named-query.ts';
export { loadParser } from './parse.ts';
export { SqlRefused } from './refused.ts';
