import type { FieldError, JsonObject, JsonSchema } from '@bazaar/sdk';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { ApiError } from '../errors/index.ts';

/** Fills in defaults and refuses what does not fit, naming each wrong field. */
export type InputCheck = (input: JsonObject) => void;

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function words(error: ErrorObject): string {
  const { keyword, params } = error;
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return 'This field is required.';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'This field is not known.';
    case 'enum':
      return `Must be one of: ${(params.allowedValues as unknown[]).join(', ')}.`;
    case 'minLength':
      return params.limit === 1 ? 'This field is required.' : `Must have at least ${params.limit} characters.`;
    case 'maxLength':
      return `Must have at most ${params.limit} characters.`;
    case 'format':
      return `Must be a valid ${params.format}.`;
    case 'type':
      return `Must be of type ${String(params.type).replaceAll(',', ' or ')}.`;
    default:
      return `${error.message?.replace(/^must/, 'Must') ?? 'Is not valid'}.`;
  }
}

/** Says of each failed rule which field it is about, as a JSON Pointer into the input, and what is wrong in words. */
export function fieldErrors(errors: readonly ErrorObject[]): FieldError[] {
  const found = new Map<string, FieldError>();
  for (const error of errors) {
    const name = error.params.missingProperty ?? error.params.additionalProperty ?? error.params.unevaluatedProperty;
    const pointer = typeof name === 'string' ? `${error.instancePath}/${escapePointer(name)}` : error.instancePath;
    // `if` and `anyOf` only repeat what their branches have said already.
    if (error.keyword === 'if' && errors.length > 1) continue;
    if (!found.has(pointer)) found.set(pointer, { pointer, message: words(error) });
  }
  return [...found.values()];
}

/** Compiles input schemas on first use: compiling all of them would cost more than the whole start. */
export class Validation {
  readonly #ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false });

  constructor() {
    addFormats.default(this.#ajv);
  }

  /** The check of a schema; rejects with `invalid-input`. */
  check(schema: JsonSchema): InputCheck {
    let validate: ReturnType<Ajv2020['compile']> | undefined;
    return (input) => {
      validate ??= this.#ajv.compile(schema);
      if (validate(input)) return;
      const errors = fieldErrors(validate.errors ?? []);
      const [first] = errors;
      const detail =
        errors.length === 1 && first
          ? `${first.pointer === '' ? 'The input' : first.pointer.slice(1)}: ${first.message}`
          : `${errors.length} fields are not valid.`;
      throw new ApiError('invalid-input', detail, { errors });
    };
  }
}
