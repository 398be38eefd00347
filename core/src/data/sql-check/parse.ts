import { loadModule, parseSync, scanSync } from 'libpg-query';
import { SqlRefused } from './refused.ts';

const MAX_BYTES = 64 * 1024;

export type SqlNode = { [key: string]: unknown };

/** PostgreSQL's own parser is WebAssembly and must be loaded once before anything is checked. */
export const loadParser = loadModule;

function bounded(source: string, sql: string): void {
  if (Buffer.byteLength(sql) > MAX_BYTES) throw new SqlRefused(source, 'is longer than 64 KB');
  if (sql.includes('\0')) throw new SqlRefused(source, 'contains a NUL character');
}

interface Parsed {
  stmt: SqlNode;
  /** Bytes of the UTF-8 text before what follows the last semicolon. */
  stmt_location?: number;
}

function parse(source: string, sql: string): Parsed[] {
  bounded(source, sql);
  try {
    const { stmts = [] } = parseSync(sql) as { stmts?: Parsed[] };
    return stmts;
  } catch (error) {
    const { message, sqlDetails } = error as Error & { sqlDetails?: { cursorPosition?: number } };
    const { cursorPosition = 0 } = sqlDetails ?? {};
    const line = cursorPosition > 0 ? ` (line ${sql.slice(0, cursorPosition).split('\n').length})` : '';
    throw new SqlRefused(source, `is not valid SQL: ${message}${line}`);
  }
}

/** Statements of the text as PostgreSQL's grammar sees them: `{ <Kind>: node }` each. */
export function statements(source: string, sql: string): SqlNode[] {
  return parse(source, sql).map(({ stmt }) => stmt);
}

/** The statements, each with the bytes of the UTF-8 text that come before it. */
export function statementsWithPlaces(source: string, sql: string): { statement: SqlNode; offset: number }[] {
  return parse(source, sql).map(({ stmt, stmt_location: offset = 0 }) => ({ statement: stmt, offset }));
}

const BEFORE = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
const SHOWN = 40;

/** Where somebody who looks for a statement finds it: its line, and how it begins. */
export function placeOf(sql: string, offset: number): string {
  const bytes = Buffer.from(sql);
  const rest = bytes.subarray(offset).toString();
  const [before = ''] = BEFORE.exec(rest) ?? [];
  const line = (bytes.subarray(0, offset).toString() + before).split('\n').length;
  const words = rest.slice(before.length).split(';', 1)[0]?.replaceAll(/\s+/g, ' ').trim() ?? '';
  const beginning = words.length > SHOWN ? `${words.slice(0, SHOWN).trimEnd()}…` : words;
  return `line ${line}, “${beginning}”`;
}

/** Kind and content of a wrapped node. */
export function unwrap(node: SqlNode): [kind: string, content: SqlNode] {
  const [entry] = Object.entries(node);
  if (!entry) throw new Error('empty node in the syntax tree');
  return entry as [string, SqlNode];
}

/** Nodes of one kind anywhere in a tree. */
export function nodesOf(node: unknown, kind: string): SqlNode[] {
  if (Array.isArray(node)) return node.flatMap((item) => nodesOf(item, kind));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(key === kind ? [value as SqlNode] : []),
    ...nodesOf(value, kind),
  ]);
}

/** Statements that change rows, alone or inside of WITH. */
export function writesOf(statement: SqlNode): SqlNode[] {
  return ['InsertStmt', 'UpdateStmt', 'DeleteStmt'].flatMap((kind) => nodesOf(statement, kind));
}

export const nameOf = (relation: unknown) => String((relation as { relname?: string } | undefined)?.relname ?? '');

export interface Token {
  /** Byte offsets in the UTF-8 text. */
  start: number;
  end: number;
  text: string;
  kind: string;
}

/** Tokens as PostgreSQL's lexer sees them: strings, comments and dollar quotes are one token each. */
export function tokens(source: string, sql: string): Token[] {
  bounded(source, sql);
  // The scanner fails at nothing.
  if (sql === '') return [];
  const bytes = Buffer.from(sql);
  try {
    return scanSync(sql).tokens.map(({ start, end, tokenName }) => ({
      start,
      end,
      text: bytes.subarray(start, end).toString(),
      kind: tokenName,
    }));
  } catch (error) {
    throw new SqlRefused(source, `is not valid SQL: ${(error as Error).message}`);
  }
}
