import { type ClientBase, DatabaseError } from 'pg';
import type { PreparedQuery } from '../plugin-database/index.ts';
import type { CheckedQuery } from '../sql-check/index.ts';
import type { ColumnDescription } from '../types.ts';
import { camelCase, readTypeNames, type SchemaCatalogue } from './catalogue.ts';
import { describeStatement, type StatementShape } from './describe-statement.ts';
import { PluginDataError } from './plugin-data-error.ts';
import { resultNullability } from './result-nullability.ts';

/** A named query that the check has passed; `name` is camelCase. */
export interface QueryToPrepare extends CheckedQuery {
  name: string;
}

function explain(query: QueryToPrepare, error: unknown): Error {
  if (!(error instanceof DatabaseError)) return error instanceof Error ? error : new Error(String(error));
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

function resultColumns(
  query: QueryToPrepare,
  shape: StatementShape,
  types: ReadonlyMap<number, string>,
  catalogue: SchemaCatalogue,
): ColumnDescription[] {
  const { keepsNotNull, expressions } = resultNullability(query.text);
  const names = shape.fields.map((field) => camelCase(field.name));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) {
    throw new PluginDataError(`Query "${query.name}" returns two columns named "${repeated}": rename one with "as".`);
  }
  if (names.includes('?column?')) {
    throw new PluginDataError(`Query "${query.name}" returns a column without a name: give it one with "as".`);
  }
  return shape.fields.map((field, index) => {
    const fromTable = keepsNotNull && catalogue.nullable.get(`${field.tableID}.${field.columnID}`) === false;
    return {
      name: names[index] ?? field.name,
      column: field.name,
      type: types.get(field.dataTypeID) ?? 'text',
      nullable: !fromTable && expressions[index] !== true,
      hasDefault: false,
      generated: false,
    };
  });
}

/**
 * Has PostgreSQL parse each query, which proves that it fits the tables, and returns the types of parameters and
 * results. Parameters may be null or absent.
 */
export async function prepareQueries(
  session: ClientBase,
  queries: readonly QueryToPrepare[],
  catalogue: SchemaCatalogue,
): Promise<PreparedQuery[]> {
  const shapes: StatementShape[] = [];
  for (const query of queries) {
    try {
      shapes.push(await describeStatement(session, query.text));
    } catch (error) {
      throw explain(query, error);
    }
  }
  const oids = shapes.flatMap((shape) => [...shape.parameterTypes, ...shape.fields.map((field) => field.dataTypeID)]);
  const types = await readTypeNames(session, [...new Set(oids)]);
  return queries.map((query, index) => {
    const shape = shapes[index] ?? { parameterTypes: [], fields: [] };
    return {
      ...query,
      params: query.params.map((name, position) => ({
        name,
        column: name,
        type: types.get(shape.parameterTypes[position] ?? 0) ?? 'text',
        nullable: true,
        hasDefault: true,
        generated: false,
      })),
      columns: resultColumns(query, shape, types, catalogue),
    };
  });
}
