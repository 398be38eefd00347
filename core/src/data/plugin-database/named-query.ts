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

/** Names of a query's parameters and of its result's columns, which every call of it needs. */
const namesOf = new WeakMap<PreparedQuery, { params: Set<string>; names: string[]; fields: string[] }>();

function namesIn(query: PreparedQuery) {
  const known = namesOf.get(query);
  if (known) return known;
  const names = query.params.map((param) => param.name);
  const found = { params: new Set(names), names, fields: query.columns.map((column) => column.name) };
  namesOf.set(query, found);
  return found;
}

/** Absent parameters are NULL; unknown ones are the author's mistake. */
export function namedQuery(query: PreparedQuery, params: JsonObject): Statement {
  const known = namesIn(query);
  for (const name of Object.keys(params)) {
    if (!known.params.has(name)) throw new TableApiMisuse(`query “${query.name}” has no parameter “${name}”`);
  }
  const values = query.params.map(({ name, type }) => {
    try {
      return toParameter(name, type, params[name]);
    } catch (error) {
      if (error instanceof WrongValue) throw invalidField(error.column, error.complaint);
      throw error;
    }
  });
  return { text: query.text, values, names: known.names, fields: known.fields };
}
