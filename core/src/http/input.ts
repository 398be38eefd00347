import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { ApiError, pointerOf } from '../errors/index.ts';
import { checkName } from './names.ts';
import type { QueryValues } from './query.ts';

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object';

interface Field {
  kinds: readonly Kind[];
  /** Of the elements, when the field is an array. */
  items: readonly Kind[];
}

const UNKNOWN: Field = { kinds: ['string'], items: ['string'] };
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function kindsOf(schema: unknown): Kind[] {
  if (typeof schema !== 'object' || schema === null) return ['string'];
  const { type, enum: values } = schema as { type?: unknown; enum?: unknown };
  const named = Array.isArray(type) ? type : typeof type === 'string' ? [type] : [];
  if (named.length === 0 && Array.isArray(values)) named.push(...new Set(values.map((value) => typeof value)));
  const kinds = new Set<Kind>();
  for (const name of named) {
    if (name === 'integer' || name === 'number') kinds.add('number');
    else if (name === 'string' || name === 'boolean' || name === 'array' || name === 'object') kinds.add(name);
  }
  return kinds.size === 0 ? ['string'] : [...kinds];
}

/** Reads one string as the first type it fits. If it fits none it stays a string, which the validator then refuses. */
function readAs(kinds: readonly Kind[], text: string, structured: boolean): JsonValue {
  for (const kind of kinds) {
    if (kind === 'number' && NUMBER.test(text)) return Number(text);
    if (kind === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (structured && kind === 'object' && text.startsWith('{')) return readJson(text);
    if (structured && kind === 'array' && text.startsWith('[')) return readJson(text);
  }
  return text;
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // Not JSON after all: the validator says what was expected instead.
    return text;
  }
}

function givenTwice(name: string): ApiError {
  return new ApiError('malformed-request', `"${name}" was given more than once.`, {
    reason: 'duplicate-parameter',
    errors: [{ pointer: pointerOf([name]), message: 'Give it once.' }],
  });
}

/**
 * Coerces the strings of path, query and form to the types of an input schema. JSON bodies are never coerced: there
 * senders can say what they mean.
 */
export class StringReader {
  readonly #fields = new Map<string, Field>();

  constructor(schema: JsonSchema) {
    const properties = schema.properties;
    if (typeof properties !== 'object' || properties === null) return;
    for (const [name, property] of Object.entries(properties)) {
      this.#fields.set(name, { kinds: kindsOf(property), items: kindsOf((property as JsonObject | null)?.items) });
    }
  }

  /** `structured`: objects and arrays may be written as JSON (form fields); never so in path and query. */
  read(name: string, value: string | string[], structured = false): JsonValue {
    const field = this.#fields.get(name) ?? UNKNOWN;
    if (Array.isArray(value)) {
      if (!field.kinds.includes('array')) throw givenTwice(name);
      return value.map((item) => readAs(field.items, item, structured));
    }
    const read = readAs(field.kinds, value, structured);
    if (typeof read === 'string' && field.kinds.includes('array') && !field.kinds.includes('string')) {
      return [readAs(field.items, value, structured)];
    }
    return read;
  }

  /** All fields of a form. Objects and arrays may be written as JSON. */
  readForm(values: Readonly<Record<string, string | string[]>>): JsonObject {
    const input: JsonObject = {};
    for (const [name, value] of Object.entries(values)) input[name] = this.read(name, value, true);
    return input;
  }
}

/**
 * One input object from all parts of a request. The path wins over a body that repeats its parameter (clients send
 * back what they were given); any other name given twice is refused, so that no stage can read a different one.
 */
export function mergeInput(
  reader: StringReader,
  path: Readonly<Record<string, string>>,
  query: QueryValues,
  body: JsonObject | undefined,
): JsonObject {
  const input: JsonObject = body === undefined ? {} : { ...body };
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    if (Object.hasOwn(input, name) || Object.hasOwn(path, name)) throw givenTwice(name);
    checkName(name);
    input[name] = reader.read(name, value);
  }
  for (const name in path) {
    const value = path[name];
    if (value !== undefined) input[name] = reader.read(name, value);
  }
  return input;
}
