import { assertJson, NotJsonError } from '@bazaar/sdk/host';

const { parse, stringify } = JSON;

/** Characters of one message in either direction. */
export const MAX_TEXT = 16 * 1024 * 1024;

/** Throws a `TypeError` that names `what` when the value cannot cross. */
export function toJson(value: unknown, what: string): string {
  try {
    assertJson(value);
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    throw new TypeError(`${what} must be JSON: ${error.message}`);
  }
  const text = stringify(value);
  if (typeof text !== 'string') throw new TypeError(`${what} must be JSON: the value cannot be written`);
  if (text.length > MAX_TEXT) throw new TypeError(`${what} must be JSON: the value is too large`);
  return text;
}

export function fromJson(text: string): unknown {
  return parse(text);
}
