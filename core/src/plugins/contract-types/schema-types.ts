import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { FILE_FORMAT } from '../manifest/schema-compiler.ts';

/** Keywords that say nothing about the static type, or would make the generator invent names. */
const DROPPED = new Set([
  'title',
  'description',
  '$schema',
  '$defs',
  '$comment',
  'default',
  'examples',
  'format',
  '$id',
]);

const SHAPING = ['properties', 'additionalProperties', 'patternProperties', 'anyOf', 'oneOf', 'allOf', '$ref', 'enum'];

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A schema as json-schema-to-typescript shall see it: `$ref`s written out, so that schemas can be put side by side
 * in one document; formats of the platform as their types. A schema that contains itself ends in `JsonValue`.
 */
export function typableSchema(schema: JsonSchema): JsonObject {
  const definitions = isObject(schema.$defs) ? schema.$defs : {};
  return convert(schema, definitions, []);
}

function convert(node: JsonObject, definitions: JsonObject, open: readonly string[]): JsonObject {
  if (node.format === FILE_FORMAT) return { tsType: 'UploadedFile' };
  if (typeof node.$ref === 'string') {
    const target = node.$ref === '#' ? undefined : definitions[node.$ref.slice('#/$defs/'.length)];
    if (!isObject(target) || open.includes(node.$ref)) return { tsType: 'JsonValue' };
    return convert(target, definitions, [...open, node.$ref]);
  }
  if (node.type === undefined && SHAPING.every((key) => node[key] === undefined) && node.const === undefined) {
    return { tsType: 'JsonValue' };
  }
  if (node.type === 'object' && SHAPING.every((key) => node[key] === undefined || node[key] === true)) {
    return { tsType: 'JsonObject' };
  }
  const out: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    if (DROPPED.has(key) || key.startsWith('x-') || value === undefined) continue;
    if (key === 'properties' && isObject(value)) out.properties = convertEach(value, definitions, open);
    else if (key === 'prefixItems') out.items = convertAny(value, definitions, open);
    else if (key === 'enum' || key === 'const' || key === 'required') out[key] = value;
    else out[key] = convertAny(value, definitions, open);
  }
  return out;
}

function convertEach(properties: JsonObject, definitions: JsonObject, open: readonly string[]): JsonObject {
  const out: JsonObject = {};
  for (const [name, property] of Object.entries(properties)) {
    if (property !== undefined)
      out[name] = property === true ? { tsType: 'JsonValue' } : convertAny(property, definitions, open);
  }
  return out;
}

function convertAny(value: JsonValue, definitions: JsonObject, open: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => convertAny(item, definitions, open));
  return isObject(value) ? convert(value, definitions, open) : value;
}
