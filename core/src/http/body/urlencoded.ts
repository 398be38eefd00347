import { isUtf8 } from 'node:buffer';
import { ApiError } from '../../errors/index.ts';
import { checkName } from '../names.ts';
import { parseQuery } from '../query.ts';

/** Fields of an `application/x-www-form-urlencoded` body, as they came. */
export function parseUrlEncoded(bytes: Buffer): Record<string, string | string[]> {
  const text = bytes.toString('latin1');
  let decoded: string;
  try {
    decoded = decodeURIComponent(text);
  } catch (cause) {
    throw new ApiError('malformed-request', 'The form holds a broken percent-encoding.', {
      reason: 'bad-encoding',
      cause,
    });
  }
  if (!isUtf8(bytes) || decoded.includes('\0')) {
    throw new ApiError('malformed-request', 'The form is not valid text.', { reason: 'bad-text' });
  }
  const values: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(parseQuery(bytes.toString('utf8')))) {
    checkName(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
