import type { JsonObject, JsonSchema, JsonValue } from '@bazaar/sdk';
import { FILE_FORMAT, FILE_ID_FORMAT } from '../manifest/schema-compiler.ts';

/** Way to a value: names of properties, and `*` for each element of an array. */
export type ValuePath = readonly string[];

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a schema says `format: bazaar-file-id`; the review of the manifest refuses it anywhere else. */
export function fileIdPaths(schema: JsonSchema, path: ValuePath = []): ValuePath[] {
  if (schema.format === FILE_ID_FORMAT) return [path];
  const found: ValuePath[] = [];
  if (isObject(schema.properties)) {
    for (const [name, property] of Object.entries(schema.properties)) {
      if (isObject(property)) found.push(...fileIdPaths(property, [...path, name]));
    }
  }
  if (isObject(schema.items)) found.push(...fileIdPaths(schema.items, [...path, '*']));
  return found;
}

/** Names of the input's properties that are uploaded files. */
export function uploadFields(schema: JsonSchema): string[] {
  if (!isObject(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) =>
    isObject(property) && property.format === FILE_FORMAT ? [name] : [],
  );
}

/** The file ids a value holds at the given paths, each once. */
export function fileIdsIn(value: JsonValue | undefined, paths: readonly ValuePath[]): string[] {
  if (paths.length === 0) return [];
  const ids = new Set<string>();
  for (const path of paths) collect(value, path, 0, ids);
  return [...ids];
}

function collect(value: JsonValue | undefined, path: ValuePath, depth: number, ids: Set<string>): void {
  const step = path[depth];
  if (step === undefined) {
    if (typeof value === 'string') ids.add(value);
  } else if (step === '*') {
    if (Array.isArray(value)) for (const item of value) collect(item, path, depth + 1, ids);
  } else if (isObject(value)) collect(value[step], path, depth + 1, ids);
}
