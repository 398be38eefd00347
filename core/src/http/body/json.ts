import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import { inspectJson } from './inspect.ts';
import { bodyKind } from './media-type.ts';
import { readBody } from './read.ts';

/** Parses a body: the object it holds, or `undefined` when it is empty. */
export function parseJsonBody(bytes: Buffer): JsonObject | undefined {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) {
    throw new ApiError('malformed-request', 'The body is not valid UTF-8.', { reason: 'bad-encoding' });
  }
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const where = error instanceof Error ? ` ${error.message}.` : '';
    throw new ApiError('malformed-request', `The body is not valid JSON.${where}`, { reason: 'bad-json' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('malformed-request', 'The body must be a JSON object.', { reason: 'not-an-object' });
  }
  inspectJson(value, text.includes('\\u'));
  return value as JsonObject;
}

/** Reads the JSON object a request carries; `undefined` without a body. `accepted` is for the refusal's words. */
export async function readJsonBody(
  request: IncomingMessage,
  accepted = 'application/json',
): Promise<JsonObject | undefined> {
  const kind = bodyKind(request.headers['content-type']);
  if (kind !== 'json' && kind !== 'none') {
    throw new ApiError('unsupported-media-type', `Send the body as ${accepted}.`);
  }
  const bytes = await readBody(request);
  if (kind === 'none' && bytes.length > 0) {
    throw new ApiError('unsupported-media-type', `Name the Content-Type of the body: ${accepted}.`);
  }
  return parseJsonBody(bytes);
}
