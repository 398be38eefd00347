import { type ClientBase, DatabaseError, escapeIdentifier } from 'pg';
import { type MigrationPart, migrationParts, type RowsPart } from '../sql-check/index.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { forEachTenant, tenantsConcerned } from './rows-of-tenants.ts';
import { grantRuntime } from './runtime-rights.ts';
import type { VerificationScope } from './verify.ts';

export interface MigrationScope extends VerificationScope {
  /** For whom statements on rows run, besides those tenants who have rows in the tables concerned. */
  tenants: readonly string[];
}

function explain(name: string, { text, linesBefore }: MigrationPart, error: unknown): Error {
  if (error instanceof PluginDataError) {
    const begins = text.length - text.trimStart().length;
    return new PluginDataError(`Migration ${name} (line ${lineOf(linesBefore, text, begins)}): ${error.message}.`);
  }
  if (!(error instanceof DatabaseError)) return error instanceof Error ? error : new Error(String(error));
  const line = error.position ? ` (line ${lineOf(linesBefore, text, Number(error.position))})` : '';
  const hint = error.hint ? ` ${error.hint}` : '';
  return new PluginDataError(`Migration ${name}${line}: ${error.message}.${hint}`, { cause: error });
}

function lineOf(linesBefore: number, text: string, position: number): number {
  return linesBefore + text.slice(0, position).split('\n').length;
}

/** Statements on rows of tenants run for each of them; others once, and reach no row of a tenant. */
async function runRows(owner: ClientBase, scope: MigrationScope, part: RowsPart): Promise<void> {
  const tenants = await tenantsConcerned(owner, scope, part, scope.tenants);
  if (tenants === undefined) {
    await owner.query(part.text);
  } else if (tenants.length > 0) {
    await grantRuntime(owner, scope);
    await forEachTenant(owner, scope, tenants, part.text);
  }
}

/** Runs one half of a migration in the transaction that the owner's session is in. */
export async function runHalf(owner: ClientBase, scope: MigrationScope, name: string, sql: string): Promise<void> {
  await owner.query(`set local search_path = ${escapeIdentifier(scope.schema)}, pg_temp`);
  for (const part of migrationParts(name, sql)) {
    try {
      if (part.kind === 'rows') await runRows(owner, scope, part);
      else await owner.query(part.text);
    } catch (error) {
      throw explain(name, part, error);
    }
  }
}
