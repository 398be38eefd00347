import { hash } from 'node:crypto';
import type { JsonObject, JsonValue, Page, PageOptions } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import type { ColumnDescription } from '../types.ts';
import { toParameter } from './column-types.ts';
import { TableApiMisuse, WrongValue } from './errors.ts';
import { rowLimit, type Statement } from './statements.ts';
import { quote, type Table } from './table.ts';
import { condition, Parameters } from './where.ts';

interface SortKey {
  column: ColumnDescription;
  descending: boolean;
}

/** A page's statement asks for one row more than it shows, to know whether another page follows. */
export interface PageStatement extends Statement {
  toPage(rows: JsonObject[]): Page<JsonObject>;
}

const MAX_ORDER = 2;
const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;

function sortKeys(table: Table, order: readonly string[]): SortKey[] {
  if (order.length > MAX_ORDER) throw new TableApiMisuse(`a page is ordered by at most ${MAX_ORDER} columns`);
  const keys = order.map((entry) => {
    const descending = entry.startsWith('-');
    const column = table.column(descending ? entry.slice(1) : entry);
    // A comparison with NULL is neither true nor false: rows would vanish between pages.
    if (column.nullable) throw new TableApiMisuse(`cannot page by “${column.name}”: it may be empty`);
    return { column, descending };
  });
  const descending = keys.at(-1)?.descending ?? false;
  const missing = table.key.filter((column) => !keys.some((key) => key.column === column));
  return [...keys, ...missing.map((column) => ({ column, descending }))];
}

/** `(a > x) or (a = x and b > y) …`; a row comparison when all keys go the same way, as an index serves that best. */
function after(keys: readonly SortKey[], values: readonly string[]): string {
  const names = keys.map(({ column }) => quote(column.column));
  const symbol = (key: SortKey | undefined) => (key?.descending ? '<' : '>');
  if (keys.every((key) => key.descending === keys[0]?.descending)) {
    return `(${names.join(', ')}) ${symbol(keys[0])} (${values.join(', ')})`;
  }
  const sides = keys.map((key, position) => {
    const equal = names.slice(0, position).map((name, index) => `${name} = ${values[index]}`);
    return [...equal, `${names[position]} ${symbol(key)} ${values[position]}`].join(' and ');
  });
  return `(${sides.map((side) => `(${side})`).join(' or ')})`;
}

function foreignCursor(): ApiError {
  const message = 'This cursor does not belong to this list.';
  return new ApiError('invalid-input', message, { errors: [{ pointer: '/cursor', message }] });
}

function readCursor(cursor: string, mark: string, keys: readonly SortKey[], into: Parameters): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw foreignCursor();
  }
  if (!Array.isArray(parts) || parts.length !== keys.length + 1 || parts[0] !== mark) throw foreignCursor();
  return keys.map(({ column }, index) => {
    try {
      return into.add(toParameter(column.name, column.type, parts[index + 1] as JsonValue), 'cursor');
    } catch (error) {
      if (error instanceof WrongValue) throw foreignCursor();
      throw error;
    }
  });
}

/** One page by keyset: the next page begins after the last row shown, however many rows came or went meanwhile. */
export function page(table: Table, options: PageOptions<JsonObject>): PageStatement {
  const limit = rowLimit(options.limit, DEFAULT_PAGE, MAX_PAGE);
  const keys = sortKeys(table, options.order ?? []);
  const order = keys.map(({ column, descending }) => `${quote(column.column)}${descending ? ' desc' : ''}`).join(', ');
  // Binds a cursor to its list: the same table, order and conditions.
  const mark = () => hash('sha1', `${table.name}\n${order}\n${JSON.stringify(options.where ?? {})}`, 'base64url');

  const into = new Parameters();
  const filters = [condition(table, options.where, into)];
  if (options.cursor !== undefined) filters.push(after(keys, readCursor(options.cursor, mark(), keys, into)));
  const where = filters.filter((filter) => filter !== '').join(' and ');
  return {
    text: `select ${table.selectList} from ${table.sqlName}${where === '' ? '' : ` where ${where}`} order by ${order} limit ${limit + 1}`,
    values: into.values,
    names: into.names,
    fields: table.fields,
    table,
    toPage(rows) {
      if (rows.length <= limit) return { items: rows };
      const items = rows.slice(0, limit);
      const last = items.at(-1) ?? {};
      const cursor = [mark(), ...keys.map(({ column }) => last[column.name])];
      return { items, nextCursor: Buffer.from(JSON.stringify(cursor)).toString('base64url') };
    },
  };
}
