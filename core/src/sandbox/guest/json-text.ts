import { assertJson, NotJsonError } from '@bazaar/sdk/host';

const { parse, stringify } = JSON;
const { getPrototypeOf, prototype } = Object;
const { isArray } = Array;
const isFiniteNumber = Number.isFinite;

const MAX_DEPTH = 64;
/** Punctuation, and numbers of a usual length. */
const CHARACTERS_PER_VALUE = 4;

/** Characters that the value being looked at may still have. */
let left = 0;

/**
 * Whether the value is written as it is, and in the characters that are `left`: what is too large must not even be
 * written. What else makes it unfit to cross (characters, names) the kernel finds in the text; here every comparison
 * counts, because guests are interpreted.
 */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      left -= value.length;
      return left >= 0;
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
  for (let index = 0; index < array.length; index += 1) {
    left -= CHARACTERS_PER_VALUE;
    if (left < 0 || !isPlain(array[index], depth)) return false;
  }
  return true;
}

function isPlainObject(object: object, depth: number): boolean {
  const own: unknown = getPrototypeOf(object);
  if (own !== prototype && own !== null) return false;
  // Counted here first: it costs an interpreter less.
  let taken = 0;
  for (const key in object) {
    const value = (object as Record<string, unknown>)[key];
    taken += key.length + CHARACTERS_PER_VALUE;
    if (typeof value === 'string') taken += value.length;
    else if (value !== undefined && !isPlain(value, depth)) return false;
  }
  left -= taken;
  return left >= 0;
}

/** Throws a `TypeError` that names `what` when the value cannot cross, or not in so many characters. */
export function toJson(value: unknown, what: string, maxLength: number): string {
  // A getter of the value may ask for something itself.
  const before = left;
  left = maxLength;
  const isFit = isPlain(value, 0);
  const isLarge = left < 0;
  left = before;
  if (isLarge) throw tooLarge(what);
  // The careful check only has to find the words.
  if (!isFit) checkWithWords(value, what);
  const text = stringify(value);
  if (typeof text !== 'string') throw new TypeError(`${what} must be JSON: the value cannot be written`);
  if (text.length > maxLength) throw tooLarge(what);
  return text;
}

function tooLarge(what: string): TypeError {
  return new TypeError(`${what} must be JSON: the value is too large`);
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
