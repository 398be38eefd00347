import type { JsonSchema } from '@bazaar/sdk';
import { messageOf } from '../../../errors/index.ts';
import { FILE_FORMAT, FILE_ID_FORMAT, reviewSchema } from '../schema-compiler.ts';
import { checkDefaults } from './defaults.ts';
import { isNode, type Node } from './properties.ts';
import type { Review } from './review.ts';

/** Whether a schema compiles, is of an object, and holds file formats only where the kernel looks for them. */
export function checkSchema(
  review: Review,
  pointer: string,
  schema: JsonSchema,
  expected: { object: boolean; uploads: boolean },
): void {
  try {
    reviewSchema(schema, { useDefaults: expected.uploads });
  } catch (error) {
    review.report(pointer, `is not a valid JSON Schema (draft 2020-12): ${messageOf(error)}`);
    return;
  }
  if (expected.object && schema.type !== 'object') {
    review.report(`${pointer}/type`, 'must be "object"');
  }
  checkDefaults(review, pointer, schema);
  checkFileFormats(review, schema, expected.uploads, { pointer, depth: 0, reachable: true });
}

/** Where a node stands in a schema. */
interface SchemaPlace {
  pointer: string;
  /** Levels of values above it; 1 for a property of the input. */
  depth: number;
  /** Only `properties` and `items` lead to it. */
  reachable: boolean;
}

/** Files are found by following `properties` and `items` only: anywhere else they would be missed. */
function checkFileFormats(
  review: Review,
  node: unknown,
  uploads: boolean,
  { pointer, depth, reachable }: SchemaPlace,
): void {
  const below = (path: string, value: unknown, levels: number, isReachable: boolean) =>
    checkFileFormats(review, value, uploads, {
      pointer: `${pointer}/${path}`,
      depth: depth + levels,
      reachable: isReachable,
    });
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) below(String(index), item, 1, false);
    return;
  }
  if (!isNode(node)) return;
  const format = node.format;
  if (format === FILE_FORMAT) {
    if (!uploads) review.report(`${pointer}/format`, `"${FILE_FORMAT}" is only for inputs of actions`);
    else if (depth !== 1) review.report(`${pointer}/format`, `"${FILE_FORMAT}" must be a direct property of the input`);
    else checkUploadLimits(review, pointer, node);
  } else if (format === FILE_ID_FORMAT && !reachable) {
    review.report(`${pointer}/format`, `"${FILE_ID_FORMAT}" must be reachable through "properties" and "items" alone`);
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === 'properties' && isNode(value)) {
      for (const [name, property] of Object.entries(value)) below(`properties/${name}`, property, 1, reachable);
    } else if (typeof value === 'object') {
      below(key, value, 2, reachable && key === 'items');
    }
  }
}

function checkUploadLimits(review: Review, pointer: string, node: Node): void {
  const maxBytes = node['x-max-bytes'];
  if (typeof maxBytes !== 'number' || !Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    review.report(`${pointer}/x-max-bytes`, 'must say how large the file may be, in bytes');
  }
  const accept = node['x-accept'];
  if (
    accept !== undefined &&
    !(Array.isArray(accept) && accept.every((type) => typeof type === 'string' && type.includes('/')))
  ) {
    review.report(`${pointer}/x-accept`, 'must list content types, e.g. ["application/pdf"]');
  }
}
