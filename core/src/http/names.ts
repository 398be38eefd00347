import { ApiError, pointerOf } from '../errors/index.ts';

const REACH_PROTOTYPES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that no field may have, wherever it comes from: read carelessly, they lead to a prototype. */
export function isForbiddenName(name: string): boolean {
  return REACH_PROTOTYPES.has(name);
}

/** Refuses what cannot be the name of a parameter or of a form's field. */
export function checkName(name: string): void {
  if (isForbiddenName(name)) {
    const message = `Nothing can be called "${name}".`;
    throw new ApiError('malformed-request', message, {
      reason: 'forbidden-name',
      errors: [{ pointer: pointerOf([name]), message }],
    });
  }
  if (name.includes('\0')) {
    throw new ApiError('malformed-request', 'A name holds a NUL character.', { reason: 'nul-character' });
  }
}
