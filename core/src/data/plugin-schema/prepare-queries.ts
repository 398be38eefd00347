import { type ClientBase, DatabaseError } from 'pg';
import { camelCase, type PreparedQuery } from '../plugin-database/index.ts';
import type { CheckedQuery } from '../sql-check/index.ts';
import type { ColumnDescription } from '../types.ts';
import { readTypeNames, type SchemaCatalogue } from './catalogue.ts';
import type { StatementShape } from './describe-statement.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { resultNullability } from './result-nullability.ts';
import { fixStars } from './star-columns.ts';
import { Describer } from './statement-describer.ts';

/** A named query that the check has passed; `name` is camelCase. */
export interface QueryToPrepare extends CheckedQuery {
  name: string;
}

export interface Preparation {
  prepared: PreparedQuery[];
  /** Of the queries that do not fit the tables, by name. */
  failures: Map<string, PluginDataError>;
}

function explain(query: QueryToPrepare, error: unknown): PluginDataError {
  if (error instanceof PluginDataError) return error;
  if (!(error instanceof DatabaseError)) throw error;
  const parameter = /could not determine data type of parameter \$(\d+)/.exec(error.message)?.[1];
  if (parameter !== undefined) {
    const name = query.params[Number(parameter) - 1];
    return new PluginDataError(
      `Query "${query.name}": the type of :${name} cannot be told; write :${name}::text (or what it is).`,
      { cause: error },
    );
  }
  const hint = error.hint ? ` (${error.hint})` : '';
  return new PluginDataError(`Query "${query.name}" does not fit the tables: ${error.message}${hint}.`, {
    cause: error,
  });
}

function requireNames(query: QueryToPrepare, shape: StatementShape): void {
  const names = shape.fields.map((field) => camelCase(field.name));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new PluginDataError(`Query "${query.name}" returns two columns named "${repeated}": rename one with "as".`);
  }
  if (names.includes('?column?')) {
    throw new PluginDataError(`Query "${query.name}" returns a column without a name: give it one with "as".`);
  }
}

function resultColumns(
  text: string,
  shape: StatementShape,
  types: ReadonlyMap<number, string>,
  catalogue: SchemaCatalogue,
): ColumnDescription[] {
  const { keepsNotNull, expressions } = resultNullability(text);
  return shape.fields.map((field, index) => {
    const fromTable = keepsNotNull && catalogue.nullable.get(`${field.tableID}.${field.columnID}`) === false;
    return {
      name: camelCase(field.name),
      column: field.name,
      type: types.get(field.dataTypeID) ?? 'text',
      nullable: !fromTable && expressions[index] !== true,
      hasDefault: false,
      generated: false,
    };
  });
}

function parameters(
  names: readonly string[],
  shape: StatementShape,
  types: ReadonlyMap<number, string>,
): ColumnDescription[] {
  return names.map((name, position) => ({
    name,
    column: name,
    type: types.get(shape.parameterTypes[position] ?? 0) ?? 'text',
    nullable: true,
    hasDefault: true,
    generated: false,
  }));
}

/**
 * Has PostgreSQL parse each query, which proves that it fits the tables, and returns the types of parameters and
 * results; stars are written out as the columns they stand for now. Parameters may be null or absent. Inside a
 * transaction, a query that does not fit leaves the transaction as it was.
 */
export async function prepareQueries(
  session: ClientBase,
  queries: readonly QueryToPrepare[],
  catalogue: SchemaCatalogue,
): Promise<Preparation> {
  const describer = await Describer.on(session);
  const shapes: { query: QueryToPrepare; text: string; stars: number[] | undefined; shape: StatementShape }[] = [];
  const failures = new Map<string, PluginDataError>();
  for (const query of queries) {
    try {
      const shape = await describer.describe(query.text);
      requireNames(query, shape);
      shapes.push({ query, shape, ...(await fixStars(describer, query, shape)) });
    } catch (error) {
      failures.set(query.name, explain(query, error));
    }
  }
  const oids = shapes.flatMap(({ shape }) => [
    ...shape.parameterTypes,
    ...shape.fields.map((field) => field.dataTypeID),
  ]);
  const types = await readTypeNames(session, [...new Set(oids)]);
  const prepared = shapes.map(({ query, shape, text, stars }) => ({
    name: query.name,
    statement: query.statement,
    text,
    ...(stars ? { stars } : {}),
    params: parameters(query.params, shape, types),
    columns: resultColumns(text, shape, types, catalogue),
  }));
  return { prepared, failures };
}

/** As `prepareQueries`; rejects naming every query that does not fit. */
export async function prepareAll(
  session: ClientBase,
  queries: readonly QueryToPrepare[],
  catalogue: SchemaCatalogue,
): Promise<PreparedQuery[]> {
  const { prepared, failures } = await prepareQueries(session, queries, catalogue);
  const [first, ...more] = failures.values();
  if (!first) return prepared;
  if (more.length === 0) throw first;
  throw new PluginDataError([first, ...more].map(({ message }) => message).join(' '), { cause: first });
}
