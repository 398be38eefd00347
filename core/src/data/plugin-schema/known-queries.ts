import type { PreparedQuery } from '../plugin-database/index.ts';
import { resultStars, spellOutStars } from '../sql-check/index.ts';
import type { PluginDataDescription } from '../types.ts';
import type { CheckedQueries } from './checked-package.ts';
import { PluginDataError } from './plugin-data-error.ts';

/** The package's queries with the types they had when it was described: as `prepareQueries`, without a database. */
export function knownQueries(pkg: CheckedQueries, known: PluginDataDescription): PreparedQuery[] {
  const byName = new Map(known.queries.map((query) => [query.name, query]));
  return pkg.queries.map(({ name, statement, text, params }) => {
    const query = byName.get(name);
    const spelledOut =
      query?.stars &&
      spellOutStars(
        text,
        resultStars(name, text),
        query.stars,
        query.columns.map(({ column }) => column),
      );
    const fits = query && String(query.params.map((param) => param.name)) === String(params);
    if (!fits || (query.stars && spelledOut === undefined)) {
      throw new PluginDataError(`Query "${name}" is not what the description of ${pkg.pluginId} ${pkg.version} knows.`);
    }
    return {
      name,
      statement,
      text: spelledOut ?? text,
      params: query.params,
      columns: query.columns,
      ...(query.stars ? { stars: query.stars } : {}),
    };
  });
}
