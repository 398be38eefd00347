import { type Node, parseSync, scanSync } from 'libpg-query';

/** Functions that never return null, whatever they are given. */
const NEVER_NULL = new Set([
  'count',
  'row_number',
  'rank',
  'dense_rank',
  'now',
  'gen_random_uuid',
  'jsonb_build_object',
  'json_build_object',
  'jsonb_build_array',
  'json_build_array',
  'concat',
]);

/** After these, a column declared `not null` can be null in the result. */
const MAKES_NULL = new Set(['left', 'right', 'full', 'rollup', 'cube', 'grouping']);

function neverNull(node: Node | undefined): boolean {
  if (!node) return false;
  if ('FuncCall' in node) {
    const name = node.FuncCall.funcname?.at(-1);
    return name !== undefined && 'String' in name && NEVER_NULL.has(name.String.sval ?? '');
  }
  if ('A_Const' in node) return !node.A_Const.isnull;
  if ('TypeCast' in node) return neverNull(node.TypeCast.arg);
  if ('CoalesceExpr' in node) return (node.CoalesceExpr.args ?? []).some(neverNull);
  if ('SubLink' in node) return node.SubLink.subLinkType === 'EXISTS_SUBLINK';
  if ('NullTest' in node || 'BooleanTest' in node) return true;
  return false;
}

export interface ResultNullability {
  /** Columns of tables keep their `not null`. */
  keepsNotNull: boolean;
  /** By position; empty when the list of results has a star. */
  expressions: boolean[];
}

/** What the text of a checked query says about nulls in its result; `parseSync` must have been loaded. */
export function resultNullability(sql: string): ResultNullability {
  const tokens = scanSync(sql).tokens.map((token) => token.text.toLowerCase());
  const keepsNotNull = !tokens.some((token) => MAKES_NULL.has(token));
  const statement = parseSync(sql).stmts?.[0]?.stmt;
  if (!statement || !('SelectStmt' in statement) || statement.SelectStmt.op !== 'SETOP_NONE') {
    return { keepsNotNull, expressions: [] };
  }
  const targets = (statement.SelectStmt.targetList ?? []).map((target) =>
    'ResTarget' in target ? target.ResTarget.val : undefined,
  );
  const hasStar = targets.some(
    (value) => value && 'ColumnRef' in value && value.ColumnRef.fields?.some((field) => 'A_Star' in field),
  );
  return { keepsNotNull, expressions: hasStar ? [] : targets.map(neverNull) };
}
