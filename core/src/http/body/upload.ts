import type { IncomingMessage } from 'node:http';
import { ApiError } from '../../errors/index.ts';
import { BODY_TIMEOUT_MS } from '../../listener/index.ts';
import type { Route } from '../../routes/index.ts';
import { readBody } from './read.ts';

const either = new Intl.ListFormat('en', { type: 'disjunction' });

/** Reads a body that is one file, if it is of a type and size that the route takes. JSON comes as fast as elsewhere. */
export async function readUpload(
  request: IncomingMessage,
  { types, maxBytes }: NonNullable<Route['upload']>,
): Promise<Buffer> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!types.includes(type)) {
    throw new ApiError('unsupported-media-type', `Send the body as ${either.format(types)}.`);
  }
  return readBody(request, { maxBytes, ...(type === 'application/json' ? { timeoutMs: BODY_TIMEOUT_MS } : {}) });
}
