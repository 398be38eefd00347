export { LOCK_MODES, type LockedRelation, lockedRelations } from './locked-relations.ts';
export { checkMigration } from './migration.ts';
export { type MigrationPart, migrationParts, type RowsPart } from './migration-parts.ts';
export { moveSchema } from './move-schema.ts';
export { type CheckedQuery, checkNamedQuery } from './named-query.ts';
export { loadParser } from './parse.ts';
export { SqlRefused } from './refused.ts';
export { resultStars, spellOutStars } from './result-stars.ts';
