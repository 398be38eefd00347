import type { FieldError, JsonObject } from '@bazaar/sdk';
import { ApiError, pointerOf } from '../../errors/index.ts';

/** Says what is wrong with an input; nothing when all is well. */
export type InputErrors = (input: JsonObject) => readonly FieldError[];

function nameOf(pointer: string): string | undefined {
  return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~');
}

/**
 * The one answer to a form with refused fields: the first refusal says what kind it is, and the errors name every
 * field that is wrong, also the typed ones. Accepted files need no check.
 */
export function formRefusal(
  refused: ReadonlyMap<string, ApiError>,
  input: JsonObject,
  files: Iterable<string>,
  inputErrors: InputErrors,
): ApiError | undefined {
  const [first] = refused.values();
  if (!first) return undefined;
  const errors: FieldError[] = [...refused].map(([name, { message }]) => ({
    pointer: pointerOf([name]),
    message,
  }));
  const settled = new Set(refused.keys());
  for (const name of files) if (Object.hasOwn(input, name)) settled.add(name);
  for (const error of inputErrors(input)) if (!settled.has(nameOf(error.pointer) ?? '')) errors.push(error);
  const { code, message, reason } = first;
  return new ApiError(code, message, { ...(reason === undefined ? {} : { reason }), errors, cause: first });
}
