import { list, object, text } from './arguments.ts';
import type { OperationGroup } from './types.ts';

const MAX_ROWS = 1_000;

function name(value: unknown): string {
  return text(value, 'the name of a table or query', 100);
}

/** A plugin's own data needs no capability: the database shows it nothing else. Columns are checked there. */
export const db: OperationGroup<'db'> = {
  'db.find': ({ unit }, { table, options }) => unit.find(name(table), object(options, 'options')),
  'db.page': ({ unit }, { table, options }) => unit.page(name(table), object(options, 'options')),
  'db.count': ({ unit }, { table, where }) => unit.count(name(table), object(where, 'where')),
  'db.insert': (session, { table, rows }) => {
    session.needWrite('db.insert');
    return session.unit.insert(name(table), list(rows, 'rows', MAX_ROWS));
  },
  'db.update': (session, { table, where, set }) => {
    session.needWrite('db.update');
    return session.unit.update(name(table), object(where, 'where'), object(set, 'set'));
  },
  'db.delete': (session, { table, where }) => {
    session.needWrite('db.delete');
    return session.unit.delete(name(table), object(where, 'where'));
  },
  'db.query': ({ unit }, { query, params }) => unit.query(name(query), object(params, 'params')),
};
