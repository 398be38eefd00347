/** Every refusal the platform can answer with: code → HTTP status and title. The one place that knows both. */
export const ERRORS = {
  'invalid-input': { status: 400, title: 'Invalid input' },
  'malformed-request': { status: 400, title: 'Malformed request' },
  unauthenticated: { status: 401, title: 'Sign-in required' },
  'invalid-credentials': { status: 401, title: 'Wrong e-mail or password' },
  'second-factor-required': { status: 401, title: 'Second factor required' },
  'licence-required': { status: 402, title: 'Licence required' },
  'licence-ended': { status: 402, title: 'Licence ended' },
  'seat-required': { status: 402, title: 'No seat free' },
  'usage-limit': { status: 402, title: 'Usage limit reached' },
  'payment-failed': { status: 402, title: 'Payment failed' },
  forbidden: { status: 403, title: 'Not allowed' },
  'sudo-required': { status: 403, title: 'Confirm that it is you' },
  'plugin-disabled': { status: 403, title: 'Plugin disabled' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  unprocessable: { status: 422, title: 'Cannot be processed' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'quota-exceeded': { status: 429, title: 'Quota exceeded' },
  internal: { status: 500, title: 'Internal error' },
  'plugin-failed': { status: 500, title: 'Plugin failed' },
  unavailable: { status: 503, title: 'Unavailable' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;
