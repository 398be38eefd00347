import type { JsonObject } from '@bazaar/sdk';
import type { ApiError } from '../errors/index.ts';

/**
 * What a page's action learns of a submission that failed: `{ values, errors, message, reason? }`. `values` are the
 * text fields as typed; `errors` belong beside their fields; `message` is for the form as a whole.
 */
export function failedForm(error: ApiError, values: Record<string, string | string[]>): JsonObject {
  const errors = error.errors ?? [];
  return {
    values,
    errors: errors.map(({ pointer, message }) => ({ pointer, message })),
    message: error.message,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
  };
}
