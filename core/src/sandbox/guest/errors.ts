import { Problem, type ProblemCode } from '@bazaar/sdk';
import { cut } from './intrinsics.ts';
import { toJson } from './json-text.ts';

const { parse, stringify } = JSON;
const toText = String;

const MAX_MESSAGE = 2_000;
const MAX_STACK = 4_000;
const MAX_ERRORS = 100_000;
/** A message beyond this stands in the stack once more: that is not even read. */
const LONG_MESSAGE = 100_000;

function wholeText(read: () => unknown): string | undefined {
  try {
    const value = read();
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function textOf(read: () => unknown, maxLength: number): string | undefined {
  const text = wholeText(read);
  return text === undefined ? undefined : cut(text, maxLength);
}

/** Turns whatever was thrown into data. Never throws itself, although the parts may be hostile getters. */
export function encodeError(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) {
      return stringify({ name: 'Error', message: `threw ${textOf(() => toText(error), 200) ?? 'something'}` });
    }
    const thrown = error as Record<string, unknown>;
    const message = wholeText(() => thrown.message) ?? '';
    const data: Record<string, unknown> = {
      name: textOf(() => thrown.name, 100) ?? 'Error',
      message: cut(message, MAX_MESSAGE),
      stack: message.length > LONG_MESSAGE ? undefined : textOf(() => thrown.stack, MAX_STACK),
    };
    if (data.name === 'Problem') {
      data.code = textOf(() => thrown.code, 100);
      data.reason = textOf(() => thrown.reason, 100);
      data.errors = fieldsOf(thrown);
    }
    return stringify(data);
  } catch {
    return '{"name":"Error","message":"threw something that cannot be read"}';
  }
}

function fieldsOf(thrown: Record<string, unknown>): unknown {
  try {
    return parse(toJson(thrown.errors, 'errors', MAX_ERRORS));
  } catch {
    return undefined;
  }
}

interface ErrorText {
  name: string;
  message: string;
  code?: ProblemCode;
  reason?: string;
  errors?: { pointer: string; message: string }[];
}

/** The kernel's refusal of a host call, as the plugin is to see it. */
export function reviveError(text: string): Error {
  const { name, message, code, reason, errors } = parse(text) as ErrorText;
  if (name === 'Problem' && code !== undefined) {
    return new Problem(code, message, {
      ...(reason === undefined ? {} : { reason }),
      ...(errors === undefined ? {} : { errors }),
    });
  }
  return name === 'TypeError' ? new TypeError(message) : new Error(message);
}
