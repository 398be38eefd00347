import { ApiError } from '../../errors/index.ts';

const MAX_DEPTH = 40;

function refuse(detail: string, reason: string): never {
  throw new ApiError('malformed-request', detail, { reason });
}

function checkText(text: string): void {
  if (text.includes('\0')) refuse('The text holds a NUL character.', 'nul-character');
  if (!text.isWellFormed()) refuse('The text holds half of a surrogate pair.', 'bad-text');
}

/**
 * Refuses what is valid JSON but no honest input: names that could reach a prototype, nesting that could exhaust a
 * recursive reader, and text that the database cannot hold. `escapes`: whether the source had `\u` escapes, without
 * which its text cannot be bad.
 */
export function inspectJson(value: unknown, escapes: boolean, depth = 0): void {
  if (typeof value === 'string') {
    if (escapes) checkText(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) refuse(`The JSON is nested more than ${MAX_DEPTH} levels deep.`, 'too-deep');
  if (Array.isArray(value)) {
    for (const item of value) inspectJson(item, escapes, depth + 1);
    return;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      refuse(`A property cannot be called "${key}".`, 'forbidden-name');
    }
    if (escapes) checkText(key);
    inspectJson((value as Record<string, unknown>)[key], escapes, depth + 1);
  }
}
