import { parse } from 'node:querystring';
import { ApiError } from '../errors/index.ts';

const MAX_PARAMETERS = 100;

/** Name → value, or values when it was given more than once. No prototype, so no name is special. */
export type QueryValues = Readonly<Record<string, string | string[] | undefined>>;

const NONE: QueryValues = Object.freeze(Object.create(null) as Record<string, never>);

/** Parses what follows the `?`. The target's encoding has been checked before (see target.ts). */
export function parseQuery(query: string): QueryValues {
  if (query === '') return NONE;
  const values = parse(query, '&', '=', { maxKeys: MAX_PARAMETERS + 1 });
  if (Object.keys(values).length > MAX_PARAMETERS) {
    throw new ApiError('malformed-request', `The query has more than ${MAX_PARAMETERS} parameters.`, {
      reason: 'too-many-parameters',
    });
  }
  return values;
}
