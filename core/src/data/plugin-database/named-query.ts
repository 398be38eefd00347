import type { JsonObject } from '@bazaar/sdk';
import type { ColumnDescription } from '../types.ts';
import { toParameter } from './column-types.ts';
import { invalidField, TableApiMisuse, WrongValue } from './errors.ts';
import type { Statement } from './statements.ts';

/** A named query after it was checked and prepared; `params` in the order of `$1, $2, …`. */
export interface PreparedQuery {
  /** camelCase. */
  name: string;
  statement: 'select' | 'insert' | 'update' | 'delete';
  text: string;
  /** How many columns each star of its list of results stood for; written out in `text`. */
  stars?: number[];
  params: ColumnDescription[];
  columns: ColumnDescription[];
}

/** Absent parameters are NULL; unknown ones are the author's mistake. */
export function namedQuery(query: PreparedQuery, params: JsonObject): Statement {
  for (const name of Object.keys(params)) {
    if (!query.params.some((param) => param.name === name)) {
      throw new TableApiMisuse(`query “${query.name}” has no parameter “${name}”`);
    }
  }
  const values = query.params.map(({ name, type }) => {
    try {
      return toParameter(name, type, params[name]);
    } catch (error) {
      if (error instanceof WrongValue) throw invalidField(error.column, error.complaint);
      throw error;
    }
  });
  return {
    text: query.text,
    values,
    names: query.params.map((param) => param.name),
    fields: query.columns.map((column) => column.name),
  };
}
