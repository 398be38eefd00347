/** More than this is not a document but a mistake or an attack. */
const MAX_DEPTH = 64;

export interface JsonLimits {
  /** Characters of all strings and names together. */
  maxCharacters: number;
  /** Values of any kind. */
  maxValues: number;
}

export const DEFAULT_LIMITS: JsonLimits = { maxCharacters: 16 * 1024 * 1024, maxValues: 1_000_000 };

/** A value that would not arrive as it was sent. */
export class NotJsonError extends Error {
  /** JSON Pointer to what is wrong. */
  readonly pointer: string;

  constructor(problem: string, path: readonly (string | number)[]) {
    super(`${path.length === 0 ? 'the value' : `"${path.join('.')}"`} ${problem}`);
    this.name = 'NotJsonError';
    this.pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  }
}

/**
 * Throws `NotJsonError` unless the value survives a JSON round trip unchanged. All that crosses between kernel and
 * plugin passes here, in every tier, so that a plugin cannot come to depend on the one it was written in. A
 * property that is `undefined` counts as absent. Returns about how long the value's JSON text is.
 */
export function assertJson(value: unknown, limits: JsonLimits = DEFAULT_LIMITS): number {
  const budget = { characters: limits.maxCharacters, values: limits.maxValues };
  check(value, [], budget);
  return limits.maxCharacters - budget.characters + (limits.maxValues - budget.values) * CHARACTERS_PER_VALUE;
}

/** Punctuation, and numbers of a usual length. */
const CHARACTERS_PER_VALUE = 4;

interface Budget {
  characters: number;
  values: number;
}

function check(value: unknown, path: (string | number)[], budget: Budget): void {
  budget.values -= 1;
  if (budget.values < 0) throw new NotJsonError('holds too many values', []);
  switch (typeof value) {
    case 'string':
      spend(value, path, budget);
      return;
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new NotJsonError(`is ${value}, which JSON cannot hold`, path);
      return;
    case 'object':
      if (value === null) return;
      if (path.length >= MAX_DEPTH)
        throw new NotJsonError(`is nested deeper than ${MAX_DEPTH} levels, or in itself`, []);
      if (Array.isArray(value)) checkArray(value, path, budget);
      else checkObject(value, path, budget);
      return;
    default:
      throw new NotJsonError(value === undefined ? 'is undefined; use null' : `is a ${typeof value}`, path);
  }
}

function checkArray(array: readonly unknown[], path: (string | number)[], budget: Budget): void {
  for (let index = 0; index < array.length; index += 1) {
    path.push(index);
    check(array[index], path, budget);
    path.pop();
  }
}

function checkObject(object: object, path: (string | number)[], budget: Budget): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotJsonError(`is a ${className(object)}${object instanceof Date ? '; use toISOString()' : ''}`, path);
  }
  for (const key in object) {
    const value = (object as Record<string, unknown>)[key];
    if (value === undefined) continue;
    path.push(key);
    if (key === '__proto__' || key === 'constructor') throw new NotJsonError('has a name that is not allowed', path);
    spend(key, path, budget);
    check(value, path, budget);
    path.pop();
  }
}

function spend(text: string, path: readonly (string | number)[], budget: Budget): void {
  budget.characters -= text.length;
  if (budget.characters < 0) throw new NotJsonError('is too large', []);
  // PostgreSQL stores neither; found here, they are an error of the input and not of the server.
  if (text.includes('\0')) throw new NotJsonError('holds a NUL character', path);
  if (!text.isWellFormed()) throw new NotJsonError('holds half a surrogate pair', path);
}

function className(object: object): string {
  const name: unknown = object.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'class instance';
}
