import { nameOf, type SqlNode, statementsWithPlaces, unwrap, writesOf } from './parse.ts';

interface Part {
  text: string;
  /** Lines of the migration that come before the text. */
  linesBefore: number;
}

/** Statements that run once: they define, and see no rows but each its own. */
export interface DefinitionsPart extends Part {
  kind: 'definitions';
}

/** One statement that reads or writes rows. */
export interface RowsPart extends Part {
  kind: 'rows';
  /** Tables and views that it names, without their schema; names of WITH are among them. */
  relations: readonly string[];
  /** Those of them that it writes to. */
  targets: readonly string[];
}

export type MigrationPart = DefinitionsPart | RowsPart;

const WITH_ROWS = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'SelectStmt']);
/** What `select bazaar.protect('jobs')` consists of and nothing else. */
const CALL_ALONE = new Set(['targetList', 'limitOption', 'op']);

function protectedName(target: SqlNode): string | undefined {
  const call = (target as { ResTarget?: { val?: { FuncCall?: SqlNode } } }).ResTarget?.val?.FuncCall;
  const path = (call?.funcname as { String?: { sval?: string } }[] | undefined)?.map((name) => name.String?.sval);
  if (path?.join('.') !== 'bazaar.protect') return undefined;
  const [only, ...more] = (call?.args ?? []) as { A_Const?: { sval?: { sval?: string } } }[];
  return more.length === 0 ? only?.A_Const?.sval?.sval : undefined;
}

/** Whether a statement does nothing but to protect tables that it names. */
export function protectsOnly(statement: SqlNode): boolean {
  const [kind, node] = unwrap(statement);
  if (kind !== 'SelectStmt' || Object.keys(node).some((key) => !CALL_ALONE.has(key))) return false;
  const targets = (node.targetList ?? []) as SqlNode[];
  return targets.length > 0 && targets.every((target) => protectedName(target) !== undefined);
}

function relationsOf(node: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(node)) for (const item of node) relationsOf(item, found);
  else if (typeof node === 'object' && node !== null) {
    // By shape and not by kind: in many places the tree holds these nodes without their wrapper.
    if ('relname' in node) found.add(nameOf(node));
    for (const value of Object.values(node)) relationsOf(value, found);
  }
  return found;
}

/** One half of a checked migration in the parts in which it is run, in order. */
export function migrationParts(source: string, sql: string): MigrationPart[] {
  const bytes = Buffer.from(sql);
  const parsed = statementsWithPlaces(source, sql);
  const parts: MigrationPart[] = [];
  for (const [index, { statement, offset }] of parsed.entries()) {
    const text = bytes.subarray(offset, parsed[index + 1]?.offset).toString();
    const last = parts.at(-1);
    if (WITH_ROWS.has(unwrap(statement)[0]) && !protectsOnly(statement)) {
      const linesBefore = linesIn(bytes.subarray(0, offset));
      const targets = writesOf(statement).map(({ relation }) => nameOf(relation));
      parts.push({ kind: 'rows', text, linesBefore, relations: [...relationsOf(statement)], targets });
    } else if (last?.kind === 'definitions') {
      last.text += text;
    } else {
      parts.push({ kind: 'definitions', text, linesBefore: linesIn(bytes.subarray(0, offset)) });
    }
  }
  return parts;
}

function linesIn(bytes: Buffer): number {
  return bytes.toString().split('\n').length - 1;
}
