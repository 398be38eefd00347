import { UiProblem } from '@bazaar/sdk/ui';
import type { WireProblem } from './messages.ts';

/** What a call of the context threw, for a port. */
export function toWire(error: unknown): WireProblem {
  if (error instanceof UiProblem) {
    const { status, code, message, reason, errors, action } = error;
    return {
      kind: 'problem',
      status,
      code,
      detail: message,
      errors,
      ...(reason !== undefined && { reason }),
      ...(action && { action }),
    };
  }
  if (error instanceof DOMException && error.name === 'AbortError') return { kind: 'aborted' };
  if (error instanceof TypeError) return { kind: 'unreachable' };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

/** The same error on the other side. */
export function fromWire(problem: WireProblem): Error {
  switch (problem.kind) {
    case 'problem':
      return new UiProblem(problem);
    case 'aborted':
      return new DOMException('The call was cancelled.', 'AbortError');
    case 'unreachable':
      return new TypeError('The server could not be reached.');
    case 'other':
      return new Error(problem.message);
  }
}
