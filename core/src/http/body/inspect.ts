import { ApiError, pointerOf } from '../../errors/index.ts';
import { isForbiddenName } from '../names.ts';

const MAX_DEPTH = 40;

/** What is wrong in a value, and the keys that lead there, the outermost first. */
interface Fault {
  detail: string;
  reason: string;
  path: string[];
}

const fault = (detail: string, reason: string, path: string[] = []): Fault => ({ detail, reason, path });

function faultOfText(text: string): Fault | undefined {
  if (text.includes('\0')) return fault('The text holds a NUL character.', 'nul-character');
  if (!text.isWellFormed()) return fault('The text holds half of a surrogate pair.', 'bad-text');
  return undefined;
}

function faultOfName(name: string, escapes: boolean): Fault | undefined {
  if (isForbiddenName(name)) {
    return fault(`A property cannot be called "${name}".`, 'forbidden-name', [name]);
  }
  return escapes ? faultOfText(name) : undefined;
}

function within(key: string, found: Fault | undefined): Fault | undefined {
  found?.path.unshift(key);
  return found;
}

function faultOf(value: unknown, escapes: boolean, depth: number): Fault | undefined {
  if (typeof value === 'string') return escapes ? faultOfText(value) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= MAX_DEPTH) return fault(`The JSON is nested more than ${MAX_DEPTH} levels deep.`, 'too-deep');
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = within(String(index), faultOf(item, escapes, depth + 1));
      if (found) return found;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const found =
      faultOfName(key, escapes) ?? within(key, faultOf((value as Record<string, unknown>)[key], escapes, depth + 1));
    if (found) return found;
  }
  return undefined;
}

/**
 * Refuses what is valid JSON but no honest input: names that could reach a prototype, nesting that could exhaust a
 * recursive reader, and text that the database cannot hold. `escapes`: whether the source had `\u` escapes, without
 * which its text cannot be bad.
 */
export function inspectJson(value: unknown, escapes: boolean): void {
  const found = faultOf(value, escapes, 0);
  if (!found) return;
  const { detail, reason, path } = found;
  throw new ApiError('malformed-request', detail, { reason, errors: [{ pointer: pointerOf(path), message: detail }] });
}
