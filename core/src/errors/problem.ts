import type { FieldError } from '@bazaar/sdk';
import { ApiError } from './api-error.ts';
import { ERRORS } from './table.ts';

/** The body of every refusal (RFC 9457), served as `application/problem+json`. */
export interface ProblemDocument {
  type: `urn:bazaar:problem:${string}`;
  title: string;
  status: number;
  detail: string;
  code: string;
  reason?: string;
  errors?: FieldError[];
  action?: { label: string; href: string };
  requestId: string;
}

/** The problem document of an error. For anything but an `ApiError` it reveals nothing but the request's id. */
export function problemDocument(error: unknown, requestId: string): ProblemDocument {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError('internal', `Something went wrong on our side. Quote ${requestId} when you report it.`);
  const document: ProblemDocument = {
    type: `urn:bazaar:problem:${known.code}`,
    title: ERRORS[known.code].title,
    status: known.status,
    detail: known.message,
    code: known.code,
    requestId,
  };
  if (known.reason !== undefined) document.reason = known.reason;
  if (known.errors !== undefined) document.errors = known.errors;
  if (known.action !== undefined) document.action = known.action;
  return { ...known.members, ...document };
}
