import type { ClientBase } from 'pg';
import { describeData, type PreparedQuery } from '../plugin-database/index.ts';
import type { PluginDataDescription } from '../types.ts';
import { readCatalogue } from './catalogue.ts';
import { type OfferedQuery, versionConflicts } from './compare-versions.ts';
import { prepareAll, prepareQueries, type QueryToPrepare } from './prepare-queries.ts';

/** What a version knows of a schema, and its queries as it runs them. */
export interface Knowledge {
  description: PluginDataDescription;
  queries: PreparedQuery[];
}

/** Rejects naming every query that does not fit. The session's search path is the schema's. */
export async function learn(
  session: ClientBase,
  schema: string,
  pkg: { queries: readonly QueryToPrepare[]; sharedTables: readonly string[] },
): Promise<Knowledge> {
  const catalogue = await readCatalogue(session, schema, pkg.sharedTables);
  const queries = await prepareAll(session, pkg.queries, catalogue);
  return { description: describeData(catalogue.tables, queries), queries };
}

/** Why what is known no longer holds in the schema as it is now; `sharedTables`: those of the version that made it so. */
export async function compareWithSchema(
  session: ClientBase,
  schema: string,
  known: Knowledge,
  sharedTables: readonly string[],
): Promise<string[]> {
  const catalogue = await readCatalogue(session, schema, sharedTables);
  const asRun = known.queries.map(({ params, ...query }) => ({ ...query, params: params.map(({ name }) => name) }));
  const { prepared, failures } = await prepareQueries(session, asRun, catalogue);
  const queries = new Map<string, OfferedQuery>();
  for (const query of describeData([], prepared).queries) queries.set(query.name, query);
  for (const [name, { cause, message }] of failures) {
    queries.set(name, { refused: cause instanceof Error ? cause.message : message });
  }
  return versionConflicts(known.description, { tables: describeData(catalogue.tables, []).tables, queries });
}
