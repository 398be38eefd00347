import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { ERRORS } from '../../errors/index.ts';

/** The problem document, as every operation may answer with it. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'urn:bazaar:problem:<code>' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'Written for the person who asked.' },
    code: { enum: Object.keys(ERRORS), description: 'Each always comes with the same status.' },
    reason: { type: 'string', description: 'Stable reason within the code, e.g. `trial-used`.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer into path, query and body as one object.' },
          message: { type: 'string' },
        },
      },
    },
    action: {
      type: 'object',
      description: 'What the person can do about it.',
      required: ['label', 'href'],
      properties: { label: { type: 'string' }, href: { type: 'string' } },
    },
    requestId: { type: 'string' },
  },
};

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rewrite(value: JsonValue | undefined, prefix: string): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, prefix) ?? null);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref' && typeof item === 'string' && item.startsWith('#/$defs/')) {
      copy[key] = `#/components/schemas/${prefix}.${item.slice('#/$defs/'.length)}`;
    } else {
      copy[key] = rewrite(item, prefix);
    }
  }
  return copy;
}

/**
 * A schema's own definitions, moved to the document's components: inside the document `#/$defs/…` would mean the
 * document's root.
 */
export function hoistDefinitions(schema: JsonSchema, prefix: string, components: JsonObject): JsonSchema {
  const { $defs, $schema: _dialect, ...rest } = schema;
  if (isObject($defs)) {
    for (const [name, definition] of Object.entries($defs)) {
      components[`${prefix}.${name}`] = rewrite(definition, prefix);
    }
  }
  return rewrite(rest, prefix) as JsonSchema;
}
