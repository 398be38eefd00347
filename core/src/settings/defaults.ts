import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { isObject, resolveReference } from './json-object.ts';

/** More than any schema written by a person takes; one that contains itself ends here. */
const MOST_STEPS = 5_000;
const DEEPEST = 20;

/**
 * The values with the schema's `default` for every absent property whose place is sure: under `properties`, through
 * `$ref` and `allOf`. Branches (`if`, `oneOf`, …) give none, for which of them holds depends on the values. Does not
 * change `values`.
 */
export function withDefaults(schema: JsonSchema, values: JsonObject): JsonObject {
  let steps = 0;

  /** `applied` are the schemas that have been applied to this very object. */
  function fill(part: JsonSchema, object: JsonObject, depth: number, applied: Set<JsonSchema>): JsonObject {
    steps += 1;
    if (steps > MOST_STEPS || depth > DEEPEST || applied.has(part)) return object;
    applied.add(part);
    let filled = object;
    const target = resolveReference(schema, part.$ref);
    if (target) filled = fill(target, filled, depth, applied);
    const all = Array.isArray(part.allOf) ? part.allOf : [];
    for (const other of all) if (isObject(other)) filled = fill(other, filled, depth, applied);

    const properties = isObject(part.properties) ? part.properties : {};
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property)) continue;
      const present = Object.hasOwn(filled, name) ? filled[name] : undefined;
      const value = present === undefined ? structuredClone(defaultOf(property)) : present;
      if (value === undefined) continue;
      filled = { ...filled, [name]: isObject(value) ? fill(property, value, depth + 1, new Set()) : value };
    }
    return filled;
  }

  function defaultOf(property: JsonSchema): JsonValue | undefined {
    const { default: own } = property;
    return own === undefined ? resolveReference(schema, property.$ref)?.default : own;
  }

  return fill(schema, values, 0, new Set());
}
