import { Problem } from '@bazaar/sdk';

/**
 * Checks of what a plugin passes. A wrong argument is a mistake in the plugin: it throws `TypeError`, which the
 * plugin's caller sees as a failure and the log names.
 */
export function text(value: unknown, what: string, maxLength: number, minLength = 1): string {
  if (typeof value !== 'string') throw new TypeError(`${what} must be a string`);
  if (value.length < minLength) throw new TypeError(`${what} must not be empty`);
  if (value.length > maxLength) throw new TypeError(`${what} must have at most ${maxLength} characters`);
  return value;
}

export function optionalText(value: unknown, what: string, maxLength: number, minLength?: number): string | undefined {
  return value === undefined || value === null ? undefined : text(value, what, maxLength, minLength);
}

/** How many items a page has. */
export function pageLimit(value: number | undefined): number {
  const limit = value ?? 20;
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new TypeError('limit must be an integer from 1 to 100');
  return limit;
}

export function object<T extends object>(value: T | undefined, what: string): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${what} must be an object`);
  return value;
}

export function list<T>(value: readonly T[], what: string, maxLength: number): readonly T[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} must be an array`);
  if (value.length > maxLength) throw new TypeError(`${what} must have at most ${maxLength} entries`);
  return value;
}

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A malformed id gets the same answer as an unknown one. */
export function fileId(value: unknown): string {
  if (typeof value !== 'string' || !UUID.test(value)) throw new Problem('not-found', 'File not found.');
  return value.toLowerCase();
}
