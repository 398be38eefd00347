import type { JsonValue } from '@bazaar/sdk';
import { assertJson, NotJsonError } from '@bazaar/sdk/host';
import { holdsMoreValues } from './count-values.ts';

/** Parses and checks what a guest sent. Throws a `TypeError` that names `what`. */
export function parseGuestJson(text: string, what: string, maxLength: number, maxValues = Infinity): JsonValue {
  if (text.length > maxLength || holdsMoreValues(text, maxValues)) {
    throw new TypeError(`${what} must be JSON: the value is too large`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
    assertJson(value);
  } catch (error) {
    const why = error instanceof NotJsonError ? error.message : 'it is not JSON';
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
