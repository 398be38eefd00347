import type { FieldError, JsonObject, JsonSchema } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { compileSchema, fieldErrors } from '../plugins/index.ts';

/** Fills in defaults and rejects with `invalid-input`, each wrong field named. */
export type InputCheck = (input: JsonObject) => void;

function summary(errors: readonly FieldError[]): string {
  const [first] = errors;
  if (errors.length !== 1 || !first) return `${errors.length} fields are not valid.`;
  return first.pointer === '' ? first.message : `${first.pointer.slice(1)}: ${first.message}`;
}

/** The check of a route's input. Compiled on first use: compiling all of them would take longer than the start. */
export function inputCheck(schema: JsonSchema): InputCheck {
  let validate: ReturnType<typeof compileSchema> | undefined;
  return (input) => {
    validate ??= compileSchema(schema, { useDefaults: true });
    if (validate(input)) return;
    const errors = fieldErrors(validate.errors ?? []);
    throw new ApiError('invalid-input', summary(errors), { errors });
  };
}
