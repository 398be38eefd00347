import { type SqlNode, statements, tokens, unwrap } from './parse.ts';

/** A star in the list of results, e.g. `j.*`. */
interface ResultStar {
  /** Position among the expressions of the list. */
  target: number;
  /** Bytes of the UTF-8 text, qualifier included. */
  start: number;
  end: number;
  /** `j.`, or empty. */
  qualifier: string;
}

export interface ResultStars {
  /** Number of expressions in the list. */
  targets: number;
  stars: ResultStar[];
}

function resultList(statement: SqlNode): SqlNode[] {
  const [kind, node] = unwrap(statement);
  // The arms of a union have lists of their own, which have to agree with each other.
  if (kind === 'SelectStmt') return node.op === 'SETOP_NONE' ? ((node.targetList ?? []) as SqlNode[]) : [];
  return ((node.returningClause as SqlNode | undefined)?.exprs ?? []) as SqlNode[];
}

function isStar(target: SqlNode): boolean {
  const { val } = (target.ResTarget ?? {}) as { val?: { ColumnRef?: { fields?: SqlNode[] } } };
  const fields = val?.ColumnRef?.fields ?? [];
  return fields.some((field) => 'A_Star' in field);
}

/** The stars that make the result of a checked query follow its tables. */
export function resultStars(source: string, sql: string): ResultStars {
  const [statement] = statements(source, sql);
  const list = statement ? resultList(statement) : [];
  const bytes = Buffer.from(sql);
  const marks = tokens(source, sql).filter((token) => token.text === '*');
  const stars = list.flatMap((node, target) => {
    if (!isStar(node)) return [];
    // The tree leaves out a location of 0.
    const start = Number((node.ResTarget as { location?: number }).location ?? 0);
    const mark = marks.find((token) => token.start >= start);
    if (!mark) throw new Error(`${source}: no star at byte ${start}`);
    return [{ target, start, end: mark.end, qualifier: bytes.subarray(start, mark.start).toString() }];
  });
  return { targets: list.length, stars };
}

/**
 * The query with `*` written out as the columns it stood for, so that a column added later changes nothing. `widths`:
 * how many columns each star stands for; `columns`: all columns of the result. `undefined` when they do not add up.
 */
export function spellOutStars(
  sql: string,
  { stars, targets }: ResultStars,
  widths: readonly number[],
  columns: readonly string[],
): string | undefined {
  const total = targets - stars.length + widths.reduce((sum, width) => sum + width, 0);
  if (stars.length !== widths.length || total !== columns.length) return undefined;
  const bytes = Buffer.from(sql);
  const pieces: (string | Buffer)[] = [];
  let copied = 0;
  let wider = 0;
  for (const [index, star] of stars.entries()) {
    const width = widths[index] ?? 0;
    const from = star.target + wider;
    const names = columns.slice(from, from + width).map((name) => `${star.qualifier}"${name.replaceAll('"', '""')}"`);
    pieces.push(bytes.subarray(copied, star.start), names.join(', '));
    copied = star.end;
    wider += width - 1;
  }
  pieces.push(bytes.subarray(copied));
  return pieces.map(String).join('');
}
