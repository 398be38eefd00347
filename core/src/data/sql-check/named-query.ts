import { QUERY_NODES } from './allow-lists.ts';
import { numberParameters } from './named-parameters.ts';
import { statements, unwrap } from './parse.ts';
import { checkReach } from './reach.ts';
import { SqlRefused } from './refused.ts';

export interface CheckedQuery {
  statement: 'select' | 'insert' | 'update' | 'delete';
  /** With `$1, $2, …` in place of the named parameters. */
  text: string;
  /** Names in the order of their numbers. */
  params: string[];
}

const KINDS: Record<string, CheckedQuery['statement']> = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

const NO_FUNCTIONS: ReadonlySet<string> = new Set();

/**
 * Checks one named query: a single SELECT, INSERT, UPDATE or DELETE on the plugin's own schema with functions and
 * types from the lists. Throws `SqlRefused`. `loadParser` must have resolved before.
 */
export function checkNamedQuery(sql: string, { schema, name }: { schema: string; name: string }): CheckedQuery {
  const { text, params } = numberParameters(name, sql);
  const [statement, ...more] = statements(name, text);
  if (!statement || more.length > 0) throw new SqlRefused(name, 'must be exactly one statement');
  const [kind] = unwrap(statement);
  const known = KINDS[kind];
  if (!known) throw new SqlRefused(name, `is ${kind}; a named query is a SELECT, INSERT, UPDATE or DELETE`);
  checkReach(statement, { source: name, schema, nodes: QUERY_NODES, kernelFunctions: NO_FUNCTIONS });
  return { statement: known, text, params };
}
