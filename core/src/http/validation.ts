import type { FieldError, JsonObject, JsonSchema } from '@bazaar/sdk';
import { compileSchema, fieldErrors, invalidInput } from '../plugins/index.ts';

/** Says what is wrong with an input, having filled in defaults. Compiled on first use: all at once would take long. */
export function inputErrors(schema: JsonSchema): (input: JsonObject) => FieldError[] {
  let validator: ReturnType<typeof compileSchema> | undefined;
  return (input) => {
    validator ??= compileSchema(schema, { useDefaults: true });
    return fieldErrors(validator.errorsOf(input));
  };
}

/** Fills in defaults and rejects with `invalid-input`, each wrong field named. */
export type InputCheck = (input: JsonObject) => void;

/** The check of a route's input. */
export function inputCheck(schema: JsonSchema): InputCheck {
  const errorsOf = inputErrors(schema);
  return (input) => {
    const errors = errorsOf(input);
    if (errors.length > 0) throw invalidInput(errors);
  };
}
