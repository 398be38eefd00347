import type { FieldError } from '@bazaar/sdk';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { ApiError, pointerOf } from '../../errors/index.ts';

const FORMATS: Record<string, string> = {
  uuid: 'Must be a valid id.',
  'bazaar-file-id': 'Must be the id of a file.',
  email: 'Must be an e-mail address.',
  uri: 'Must be a complete web address.',
  date: 'Must be a date, e.g. 2026-11-21.',
  'date-time': 'Must be a date with time and zone, e.g. 2026-11-21T09:00:00Z.',
};

/** More would help nobody to mend a form, and a small body can have a great many. */
const MOST_ERRORS = 100;

function plural(count: unknown, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function words({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return 'This field is required.';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'This field is not known.';
    case 'enum':
      return `Must be one of: ${(params.allowedValues as unknown[]).map(String).join(', ')}.`;
    case 'const':
      return `Must be ${JSON.stringify(params.allowedValue)}.`;
    case 'type':
      return `Must be of type ${String(params.type).replaceAll(',', ' or ')}.`;
    case 'format':
      return FORMATS[String(params.format)] ?? `Must be a valid ${String(params.format)}.`;
    case 'pattern':
      return 'Does not have the expected form.';
    case 'minLength':
      return params.limit === 1
        ? 'This field is required.'
        : `Must have at least ${plural(params.limit, 'character', 'characters')}.`;
    case 'maxLength':
      return `Must have at most ${plural(params.limit, 'character', 'characters')}.`;
    case 'minItems':
      return `Must have at least ${plural(params.limit, 'entry', 'entries')}.`;
    case 'maxItems':
      return `Must have at most ${plural(params.limit, 'entry', 'entries')}.`;
    case 'minProperties':
      return `Must have at least ${plural(params.limit, 'field', 'fields')}.`;
    case 'maxProperties':
      return `Must have at most ${plural(params.limit, 'field', 'fields')}.`;
    case 'uniqueItems':
      return 'Must not name the same thing twice.';
    case 'minimum':
      return `Must be at least ${params.limit}.`;
    case 'maximum':
      return `Must be at most ${params.limit}.`;
    case 'exclusiveMinimum':
      return `Must be more than ${params.limit}.`;
    case 'exclusiveMaximum':
      return `Must be less than ${params.limit}.`;
    case 'multipleOf':
      return `Must be a multiple of ${params.multipleOf}.`;
    default:
      return `${message?.replace(/^must/, 'Must') ?? 'Is not valid'}.`;
  }
}

/**
 * What validation found, for the person who filled in the form: one message for each field, its pointer beside it; of
 * very many the first.
 */
export function fieldErrors(errors: readonly ErrorObject[]): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    // `if` only repeats what its branches have said.
    if (error.keyword === 'if' && errors.length > 1) continue;
    const name = error.params.missingProperty ?? error.params.additionalProperty ?? error.params.unevaluatedProperty;
    const pointer = typeof name === 'string' ? `${error.instancePath}${pointerOf([name])}` : error.instancePath;
    if (!found.has(pointer)) found.set(pointer, { pointer, message: words(error) });
    if (found.size === MOST_ERRORS) break;
  }
  return [...found.values()];
}

/** One sentence for all of them. */
export function summarise(errors: readonly FieldError[]): string {
  const [first] = errors;
  if (errors.length >= MOST_ERRORS) return `${errors.length} or more fields are not valid.`;
  if (errors.length !== 1 || !first) return `${errors.length} fields are not valid.`;
  return first.pointer === '' ? first.message : `${first.pointer.slice(1)}: ${first.message}`;
}

/** The refusal of an input, each wrong field named. */
export function invalidInput(errors: readonly FieldError[]): ApiError {
  return new ApiError('invalid-input', summarise(errors), { errors: [...errors] });
}
