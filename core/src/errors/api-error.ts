import type { FieldError, JsonObject } from '@bazaar/sdk';
import { ERRORS, type ErrorCode } from './table.ts';

export interface ApiErrorOptions {
  /** Stable kebab-case reason within the code, e.g. `trial-used`. */
  reason?: string;
  errors?: FieldError[];
  /** What the person can do about it, shown as a link or button. */
  action?: { label: string; href: string };
  headers?: Record<string, string>;
  /** Further members of the problem document, for programs. */
  members?: JsonObject;
  cause?: unknown;
}

/** The only error that reaches a caller as it is. `detail` is written for the person who asked. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly reason: string | undefined;
  readonly errors: FieldError[] | undefined;
  readonly action: { label: string; href: string } | undefined;
  readonly headers: Record<string, string> | undefined;
  readonly members: JsonObject | undefined;

  constructor(code: ErrorCode, detail: string, options: ApiErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = ERRORS[code].status;
    this.reason = options.reason;
    this.errors = options.errors;
    this.action = options.action;
    this.headers = options.headers;
    this.members = options.members;
  }
}
