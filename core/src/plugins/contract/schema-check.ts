import type { FieldError, JsonObject, JsonSchema } from '@bazaar/sdk';
import { compileSchema } from '../manifest/schema-compiler.ts';
import { fieldErrors } from './input-errors.ts';

/** Compiles a plugin's schema into a check that names each wrong field; throws when it is not a valid schema. */
export function compileCheck(schema: JsonSchema): (value: JsonObject) => FieldError[] {
  const validator = compileSchema(schema);
  return (value) => fieldErrors(validator.errorsOf(value));
}
