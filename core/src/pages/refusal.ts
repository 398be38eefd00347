import type { ApiError, ErrorCode } from '../errors/index.ts';
import type { Message } from './message-page.ts';

/** What a visitor need not know: that something exists but is not licensed, switched off or not for him. */
const HIDDEN: ReadonlySet<ErrorCode> = new Set([
  'not-found',
  'unauthenticated',
  'licence-required',
  'licence-ended',
  'plugin-disabled',
  'forbidden',
]);

/** What the person who sent a form can put right there; the page is shown again with it. */
const CORRECTABLE: ReadonlySet<ErrorCode> = new Set([
  'invalid-input',
  'malformed-request',
  'conflict',
  'too-large',
  'unsupported-media-type',
  'unprocessable',
  'unavailable',
  'quota-exceeded',
]);

/** Refusals that a later attempt may not meet. */
const LATER: ReadonlySet<ErrorCode> = new Set(['unavailable', 'quota-exceeded']);

export function isCorrectable(error: ApiError): boolean {
  return CORRECTABLE.has(error.code);
}

/** What a visitor is told when his request is refused. */
export function refusalMessage(error: ApiError, home: Message['link']): Message {
  const link = home ? { link: home } : {};
  if (HIDDEN.has(error.code)) {
    return {
      status: 404,
      title: 'This page is not here',
      text: 'The address may be mistyped, or what it led to is no longer available.',
      ...link,
    };
  }
  if (error.status >= 500 && error.code !== 'unavailable') {
    return {
      status: error.status,
      title: 'Something went wrong on our side',
      text: 'The page could not be shown. Please try again in a moment.',
      ...link,
    };
  }
  const details = error.errors?.map(({ message }) => message).slice(0, 5);
  return {
    status: error.status,
    title: LATER.has(error.code) ? 'Not available at the moment' : 'This request cannot be answered',
    text: error.message,
    ...(details && details.length > 1 ? { details } : {}),
    ...link,
  };
}
