import type { JsonValue } from '@bazaar/sdk';
import { assertJson, NotJsonError } from '@bazaar/sdk/host';

/** A name that reaches the prototype of what it is assigned to. */
const UNSAFE = /"(?:_|\\u005[fF]){2}proto(?:_|\\u005[fF]){2}"|"constructor"/;

function refuseUnsafe(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    if (Object.hasOwn(value, '__proto__')) throw new TypeError('a property is called "__proto__"');
    if (Object.hasOwn(value, 'constructor')) throw new TypeError('a property is called "constructor"');
  }
  for (const part of Object.values(value)) refuseUnsafe(part);
}

/** What a guest sent, as a value nothing is wrong with. Throws a `TypeError` that names `what`. */
export function parseGuestJson(text: string, what: string): JsonValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (UNSAFE.test(text)) refuseUnsafe(value);
    assertJson(value);
  } catch (error) {
    const why = error instanceof NotJsonError || error instanceof TypeError ? error.message : 'it is not JSON';
    throw new TypeError(`${what} must be JSON: ${why}`);
  }
  return value as JsonValue;
}

interface ThrownText {
  name?: unknown;
  message?: unknown;
  stack?: unknown;
  code?: unknown;
  reason?: unknown;
  errors?: unknown;
}

/** What a handler threw, in the shape it had in the guest: a `Problem` is recognised by its parts. */
export function guestError(text: string): Error {
  let thrown: ThrownText;
  try {
    const parsed: unknown = JSON.parse(text);
    thrown = typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    thrown = {};
  }
  const textOf = (value: unknown, length: number) => (typeof value === 'string' ? value.slice(0, length) : undefined);
  const error = new Error(textOf(thrown.message, 2_000) ?? 'the plugin threw something that cannot be read');
  error.name = textOf(thrown.name, 100) ?? 'Error';
  error.stack = textOf(thrown.stack, 4_000) ?? `${error.name}: ${error.message}`;
  if (error.name === 'Problem') {
    Object.assign(error, { code: thrown.code, reason: thrown.reason, errors: thrown.errors });
  }
  return error;
}

/** A refusal of the kernel on its way into the guest. What is no refusal reveals no more than its message, as inline. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify({ name: 'Error', message: 'failed' });
  const { name, message, code, reason, errors } = error as Error & Record<string, unknown>;
  return JSON.stringify(name === 'Problem' ? { name, message, code, reason, errors } : { name, message });
}
