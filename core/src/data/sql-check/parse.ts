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

/** Statements of the text as PostgreSQL's grammar sees them: `{ <Kind>: node }` each. */
export function statements(source: string, sql: string): SqlNode[] {
  bounded(source, sql);
  try {
    const { stmts = [] } = parseSync(sql) as { stmts?: { stmt: SqlNode }[] };
    return stmts.map(({ stmt }) => stmt);
  } catch (error) {
    throw new SqlRefused(source, `is not valid SQL: ${(error as Error).message}`);
  }
}

/** Kind and content of a wrapped node. */
export function unwrap(node: SqlNode): [kind: string, content: SqlNode] {
  const [entry] = Object.entries(node);
  if (!entry) throw new Error('empty node in the syntax tree');
  return entry as [string, SqlNode];
}

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
