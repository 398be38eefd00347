import type { FindOptions, JsonObject, Where } from '@bazaar/sdk';
import { toParameter } from './column-types.ts';
import { invalidField, TableApiMisuse, WrongValue } from './errors.ts';
import { quote, type Table } from './table.ts';
import { condition, Parameters } from './where.ts';

/** Text and parameters of one statement. */
export interface Statement {
  text: string;
  values: unknown[];
  /** Field that each parameter is for. */
  names: readonly string[];
  /** Names of the columns of its result. */
  fields: readonly string[];
  /** Absent for named queries. */
  table?: Table;
}

const MAX_ROWS = 1000;
const DEFAULT_ROWS = 100;
const MAX_PARAMETERS = 60_000;

export function rowLimit(limit: number | undefined, fallback: number, most: number): number {
  if (limit === undefined) return fallback;
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw new TableApiMisuse(`limit must be an integer from 1 to ${most}, not ${limit}`);
  }
  return limit;
}

const clause = (sql: string) => (sql === '' ? '' : ` where ${sql}`);

export function orderBy(table: Table, order: readonly string[] | undefined): string {
  if (!order || order.length === 0) return '';
  const parts = order.map((entry) => {
    const descending = entry.startsWith('-');
    return `${quote(table.column(descending ? entry.slice(1) : entry).column)}${descending ? ' desc' : ''}`;
  });
  return ` order by ${parts.join(', ')}`;
}

export function find(table: Table, options: FindOptions<JsonObject>): Statement {
  const into = new Parameters();
  const where = clause(condition(table, options.where, into));
  const limit = rowLimit(options.limit, DEFAULT_ROWS, MAX_ROWS);
  const text = `select ${table.selectList} from ${table.sqlName}${where}${orderBy(table, options.order)} limit ${limit}`;
  return { text, values: into.values, names: into.names, fields: table.fields, table };
}

export function count(table: Table, where: Where<JsonObject>): Statement {
  const into = new Parameters();
  const filter = clause(condition(table, where, into));
  const text = `select count(*) from ${table.sqlName}${filter}`;
  return { text, values: into.values, names: into.names, fields: ['count'], table };
}

function writable(table: Table): void {
  if (table.shared) throw new TableApiMisuse(`table “${table.name}” is shared by all tenants and read-only`);
}

/** Content, unlike a condition, must fit: the caller learns which field does not. */
function content(table: Table, name: string, row: JsonObject, into: Parameters): string {
  const column = table.column(name);
  if (column.generated) throw new TableApiMisuse(`column “${name}” of “${table.name}” is generated`);
  try {
    return into.add(toParameter(name, column.type, row[name]), name);
  } catch (error) {
    if (error instanceof WrongValue) throw invalidField(error.column, error.complaint);
    throw error;
  }
}

export function insert(table: Table, rows: readonly JsonObject[]): Statement {
  writable(table);
  if (rows.length === 0 || rows.length > MAX_ROWS) {
    throw new TableApiMisuse(`insert takes 1 to ${MAX_ROWS} rows, not ${rows.length}`);
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== undefined)))];
  if (names.length * rows.length > MAX_PARAMETERS) throw new TableApiMisuse('too many values in one insert');
  const into = new Parameters();
  const columns = names.map((name) => quote(table.column(name).column)).join(', ');
  const tuples = rows.map(
    (row) =>
      `(${names.map((name) => (row[name] === undefined ? 'default' : content(table, name, row, into))).join(', ')})`,
  );
  const source = names.length === 0 ? 'default values' : `(${columns}) values ${tuples.join(', ')}`;
  if (names.length === 0 && rows.length > 1) throw new TableApiMisuse('several rows without any value');
  return {
    text: `insert into ${table.sqlName} ${source} returning ${table.selectList}`,
    values: into.values,
    names: into.names,
    fields: table.fields,
    table,
  };
}

function identified(table: Table, where: Where<JsonObject>, into: Parameters, verb: string): string {
  const filter = condition(table, where, into);
  if (filter === '') throw new TableApiMisuse(`${verb} on “${table.name}” without a condition`);
  return clause(filter);
}

export function update(table: Table, where: Where<JsonObject>, set: JsonObject): Statement {
  writable(table);
  const names = Object.keys(set).filter((name) => set[name] !== undefined);
  if (names.length === 0) throw new TableApiMisuse(`update on “${table.name}” sets nothing`);
  const into = new Parameters();
  const assignments = names.map((name) => `${quote(table.column(name).column)} = ${content(table, name, set, into)}`);
  const filter = identified(table, where, into, 'update');
  return {
    text: `update ${table.sqlName} set ${assignments.join(', ')}${filter} returning ${table.selectList}`,
    values: into.values,
    names: into.names,
    fields: table.fields,
    table,
  };
}

export function remove(table: Table, where: Where<JsonObject>): Statement {
  writable(table);
  const into = new Parameters();
  const filter = identified(table, where, into, 'delete');
  return { text: `delete from ${table.sqlName}${filter}`, values: into.values, names: into.names, fields: [], table };
}
