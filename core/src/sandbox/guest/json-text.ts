import { assertJson, NotJsonError } from '@bazaar/sdk/host';
import { MAX_TEXT } from '../wire/frames.ts';

const { parse, stringify } = JSON;
const { getPrototypeOf, prototype } = Object;
const { isArray } = Array;
const isFiniteNumber = Number.isFinite;

const MAX_DEPTH = 64;

/**
 * Whether the value is written as it is. What else makes it unfit to cross (sizes, characters, names) the kernel finds
 * in the text; here every comparison counts, because guests are interpreted.
 */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return isFiniteNumber(value);
    case 'object':
      if (value === null) return true;
      return depth < MAX_DEPTH && (isArray(value) ? isPlainArray(value, depth + 1) : isPlainObject(value, depth + 1));
    default:
      return false;
  }
}

function isPlainArray(array: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < array.length; index += 1) if (!isPlain(array[index], depth)) return false;
  return true;
}

function isPlainObject(object: object, depth: number): boolean {
  const own: unknown = getPrototypeOf(object);
  if (own !== prototype && own !== null) return false;
  for (const key in object) {
    const value = (object as Record<string, unknown>)[key];
    if (typeof value !== 'string' && value !== undefined && !isPlain(value, depth)) return false;
  }
  return true;
}

/** Throws a `TypeError` that names `what` when the value cannot cross. */
export function toJson(value: unknown, what: string): string {
  // The careful check only has to find the words.
  if (!isPlain(value, 0)) checkWithWords(value, what);
  const text = stringify(value);
  if (typeof text !== 'string') throw new TypeError(`${what} must be JSON: the value cannot be written`);
  if (text.length > MAX_TEXT) throw new TypeError(`${what} must be JSON: the value is too large`);
  return text;
}

function checkWithWords(value: unknown, what: string): void {
  try {
    assertJson(value);
  } catch (error) {
    if (!(error instanceof NotJsonError)) throw error;
    throw new TypeError(`${what} must be JSON: ${error.message}`);
  }
}

export function fromJson(text: string): unknown {
  return parse(text);
}
