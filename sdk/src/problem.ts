/** The refusals a plugin can answer with. The kernel's error table gives each its HTTP status. */
export type ProblemCode =
  | 'invalid-input'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unprocessable'
  | 'too-large'
  | 'unavailable';

/** One wrong field: `pointer` is a JSON Pointer into the input, e.g. `/salaryMax`. */
export interface FieldError {
  pointer: string;
  message: string;
}

export interface ProblemOptions {
  /** Stable, machine-readable reason in kebab-case, e.g. `already-applied`. */
  reason?: string;
  errors?: FieldError[];
}

/**
 * A deliberate refusal with words for the person who asked. Thrown by handlers, it reaches the caller as
 * `application/problem+json`; any other error becomes a 500 that reveals nothing.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly reason: string | undefined;
  readonly errors: FieldError[] | undefined;

  constructor(code: ProblemCode, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.reason = options.reason;
    this.errors = options.errors;
  }
}

/** What V8 does when a class says nothing of its own. */
const isInstance = Function.prototype[Symbol.hasInstance];

// A refusal of the kernel was not made by the plugin's own copy of this class: what counts is its shape, so that
// `instanceof Problem` says the same in every tier.
Object.defineProperty(Problem, Symbol.hasInstance, {
  value(this: unknown, candidate: unknown): boolean {
    if (this !== Problem || typeof candidate !== 'object' || candidate === null)
      return isInstance.call(this, candidate);
    const { name, code } = candidate as { name?: unknown; code?: unknown };
    return name === 'Problem' && typeof code === 'string';
  },
});

/** Input that is well-formed but wrong: names the field, so that the form can show the message beside it. */
export function invalidField(pointer: string, message: string): Problem {
  return new Problem('invalid-input', message, { errors: [{ pointer, message }] });
}

/** The thing does not exist for this tenant (another tenant's id is indistinguishable from an unknown one). */
export function notFound(what: string): Problem {
  return new Problem('not-found', `${what} not found.`);
}

export function conflict(reason: string, detail: string): Problem {
  return new Problem('conflict', detail, { reason });
}
