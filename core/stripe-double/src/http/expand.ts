import type { Books } from '../state/books.ts';
import { kindOf } from '../state/ids.ts';
import type { Kind } from '../state/tables.ts';
import { invalid } from './errors.ts';

type Json = Record<string, unknown>;

/** Fields that Stripe shows only when asked: by the object's kind. */
export type Includable = Record<string, Record<string, (object: Json, books: Books) => unknown>>;

const DEEPEST = 4;

/** Answers with what `expand[]` asks for in place of ids. @throws StripeError 400 for what cannot be expanded */
export function expanded(answer: object, paths: readonly string[], books: Books, includable: Includable): object {
  let result: unknown = answer;
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > DEEPEST) throw invalid(`You cannot expand more than ${DEEPEST} levels of a property.`, 'expand');
    result = open(result, steps, path, books, includable);
  }
  return result as object;
}

function open(node: unknown, steps: string[], path: string, books: Books, includable: Includable): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || node === null || node === undefined) return node;
  if (Array.isArray(node)) return node.map((item) => open(item, steps, path, books, includable));
  const object = node as Json;
  const include = includable[String(object.object)]?.[step];
  let value = object[step];
  if (value === undefined && include !== undefined) value = include(object, books);
  // It may be expanded, and this object has none.
  if (value === undefined && include !== undefined) return object;
  if (value === undefined) {
    throw invalid(
      `This property cannot be expanded (${path}). You may want to try expanding 'data.${path}', or check the spelling.`,
      'expand',
    );
  }
  const whole = (one: unknown) => (typeof one === 'string' ? resolve(one, path, books) : one);
  value = Array.isArray(value) ? value.map(whole) : whole(value);
  return { ...object, [step]: open(value, rest, path, books, includable) };
}

function resolve(id: string, path: string, books: Books): unknown {
  const named = kindOf(id);
  const candidates = named === undefined ? ['product', 'coupon'] : [named];
  for (const kind of candidates) {
    const found = books.get(kind as Kind, id) ?? (kind === 'account' ? books.at(null).get('account', id) : undefined);
    if (found !== undefined) return found;
  }
  throw invalid(`This property cannot be expanded (${path}).`, 'expand');
}
