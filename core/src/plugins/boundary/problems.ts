import { type FieldError, Problem, type ProblemCode } from '@bazaar/sdk';
import { ApiError, type ErrorCode } from '../../errors/index.ts';

/** The codes a plugin can know: every other refusal of the kernel reaches it as the nearest of these. */
const PROBLEM_CODES: ReadonlySet<string> = new Set<ProblemCode>([
  'invalid-input',
  'forbidden',
  'not-found',
  'conflict',
  'unprocessable',
  'too-large',
  'unavailable',
]);

const NEAREST: Partial<Record<ErrorCode, ProblemCode>> = {
  'malformed-request': 'invalid-input',
  unauthenticated: 'forbidden',
  'licence-required': 'unavailable',
  'licence-ended': 'unavailable',
  'plugin-disabled': 'unavailable',
  'rate-limited': 'unavailable',
  'quota-exceeded': 'unavailable',
  'unsupported-media-type': 'unprocessable',
};

/** The code of the refusal, and the reason a plugin sees. */
export const QUOTA_EXCEEDED = 'quota-exceeded';

const REASON = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_DETAIL = 2_000;
const MAX_ERRORS = 100;

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && PROBLEM_CODES.has(code);
}

/** A refusal of the kernel as a plugin sees it. How another plugin failed is not revealed. */
export function asProblem(error: ApiError): Error {
  if (isProblemCode(error.code)) {
    return new Problem(error.code, error.message, {
      ...(error.reason === undefined ? {} : { reason: error.reason }),
      ...(error.errors === undefined ? {} : { errors: error.errors }),
    });
  }
  const nearest = NEAREST[error.code];
  if (!nearest) return new Error(error.message);
  // A plugin cannot act on which quota it was.
  const reason = error.code === QUOTA_EXCEEDED ? QUOTA_EXCEEDED : (error.reason ?? error.code);
  return new Problem(nearest, error.message, { reason });
}

/**
 * The refusal that a handler threw, or `undefined` for any other error. Recognised by its shape, because it may come
 * from another copy of the SDK or from another process; each part is checked, because it comes from a plugin.
 */
export function fromProblem(error: unknown): ApiError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { name, code, message, reason, errors } = error as Record<string, unknown>;
  if (name !== 'Problem' || !isProblemCode(code) || typeof message !== 'string') return undefined;
  const fields = fieldErrorsOf(errors);
  return new ApiError(code, message.slice(0, MAX_DETAIL), {
    ...(typeof reason === 'string' && reason.length <= 80 && REASON.test(reason) ? { reason } : {}),
    ...(fields === undefined ? {} : { errors: fields }),
  });
}

function fieldErrorsOf(errors: unknown): FieldError[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  return errors.slice(0, MAX_ERRORS).flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { pointer, message } = entry as Record<string, unknown>;
    if (typeof pointer !== 'string' || typeof message !== 'string') return [];
    return [{ pointer: pointer.slice(0, 200), message: message.slice(0, 500) }];
  });
}
