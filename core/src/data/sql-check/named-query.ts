import { QUERY_NODES } from './allow-lists.ts';
import { numberParameters } from './named-parameters.ts';
import { nodesOf, type SqlNode, statements, unwrap } from './parse.ts';
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

/** What a part named by WITH adds to a table is in no count of rows that the server answers with. */
const UNCOUNTED: Record<string, string> = { InsertStmt: 'INSERT', UpdateStmt: 'UPDATE' };

function uncounted(statement: SqlNode): string | undefined {
  const parts = nodesOf(statement, 'CommonTableExpr').map(({ ctequery }) => unwrap(ctequery as SqlNode)[0]);
  return parts.map((kind) => UNCOUNTED[kind]).find(Boolean);
}

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
  const hidden = uncounted(statement);
  if (hidden) {
    throw new SqlRefused(
      name,
      `has ${hidden} in WITH, whose rows cannot be counted; make it a query of its own, the action commits both together`,
    );
  }
  return { statement: known, text, params };
}
