import type { FieldError, JsonObject, JsonSchema } from '@bazaar/sdk';
import type { ApiError } from '../errors/index.ts';

/** Reasons of a refused file: the error names no field, but the form may have only one for files. */
const FILE_REASONS = new Set(['file-too-large', 'file-type-refused']);

function fileFields(schema: JsonSchema): string[] {
  const properties = schema.properties;
  if (typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties).flatMap(([name, property]) => {
    const { format, items } = (property ?? {}) as { format?: unknown; items?: { format?: unknown } };
    return format === 'bazaar-file' || items?.format === 'bazaar-file' ? [name] : [];
  });
}

function errorsOf(error: ApiError, schema: JsonSchema): FieldError[] {
  if (error.errors && error.errors.length > 0) return error.errors;
  const [only, ...more] = fileFields(schema);
  const isFile =
    only !== undefined && more.length === 0 && error.reason !== undefined && FILE_REASONS.has(error.reason);
  return isFile ? [{ pointer: `/${only}`, message: error.message }] : [];
}

/**
 * What a page's action learns of a submission that failed: `{ values, errors, message, reason? }`. `values` are the
 * text fields as typed; `errors` belong beside their fields; `message` is for the form as a whole.
 */
export function failedForm(error: ApiError, schema: JsonSchema, values: Record<string, string | string[]>): JsonObject {
  return {
    values,
    errors: errorsOf(error, schema).map(({ pointer, message }) => ({ pointer, message })),
    message: error.message,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
  };
}
