import type { ColumnDescription, PluginDataDescription, TableDescription } from '../types.ts';

type QueryDescription = PluginDataDescription['queries'][number];

/** A query's types now, or why PostgreSQL refuses it. */
export type OfferedQuery = Pick<QueryDescription, 'params' | 'columns'> | { refused: string };

/** What the schema offers to a version: its tables, and what has become of the version's own queries. */
export interface Offer {
  tables: readonly TableDescription[];
  /** By the query's name. */
  queries: ReadonlyMap<string, OfferedQuery>;
}

const readable = (type: string) => (type.startsWith('_') ? `${type.slice(1)}[]` : type);

function changedColumn(table: string, known: ColumnDescription, offered: ColumnDescription | undefined): string[] {
  const name = `column "${known.column}" of table "${table}"`;
  if (!offered) return [`${name} is gone or has another name`];
  if (offered.type !== known.type) return [`${name} is ${readable(offered.type)} and was ${readable(known.type)}`];
  if (offered.generated && !known.generated) return [`${name} can no longer be written`];
  const mustBeGiven = !offered.nullable && !offered.hasDefault && !offered.generated;
  if (mustBeGiven && known.hasDefault) return [`${name} has lost its default`];
  return [];
}

function changedTable(known: TableDescription, offered: TableDescription | undefined): string[] {
  if (!offered) return [`table "${known.table}" is gone or has another name`];
  if (offered.shared && !known.shared) return [`table "${known.table}" can only be read now`];
  const columns = new Map(offered.columns.map((column) => [column.column, column]));
  const reasons = known.columns.flatMap((column) => changedColumn(known.table, column, columns.get(column.column)));
  if (known.shared) return reasons;
  const before = new Set(known.columns.map(({ column }) => column));
  const required = offered.columns.filter(
    ({ column, nullable, hasDefault, generated }) => !before.has(column) && !nullable && !hasDefault && !generated,
  );
  return [
    ...reasons,
    ...required.map(
      ({ column }) =>
        `new rows of table "${known.table}" need a value for "${column}", which this version does not know`,
    ),
  ];
}

const shape = (columns: readonly ColumnDescription[]) =>
  columns.map(({ column, type }) => `${column} ${readable(type)}`).join(', ');

function changedQuery(known: QueryDescription, offered: OfferedQuery | undefined): string[] {
  const name = `query "${known.name}"`;
  if (!offered) return [`${name} was not tried`];
  if ('refused' in offered) return [`${name} no longer works: ${offered.refused}`];
  const reasons: string[] = [];
  if (shape(offered.params) !== shape(known.params)) {
    reasons.push(`${name} takes (${shape(offered.params)}) and took (${shape(known.params)})`);
  }
  if (shape(offered.columns) !== shape(known.columns)) {
    reasons.push(`${name} returns (${shape(offered.columns)}) and returned (${shape(known.columns)})`);
  }
  return reasons;
}

/**
 * Why a version cannot go on with the schema as it has become, in words for the operator; empty when it can. Narrowed
 * constraints are not looked at: whether a version keeps to them, its tables do not tell.
 */
export function versionConflicts(known: PluginDataDescription, offer: Offer): string[] {
  const tables = new Map(offer.tables.map((table) => [table.table, table]));
  return [
    ...known.tables.flatMap((table) => changedTable(table, tables.get(table.table))),
    ...known.queries.flatMap((query) => changedQuery(query, offer.queries.get(query.name))),
  ];
}
