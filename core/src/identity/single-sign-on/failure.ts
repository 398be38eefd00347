/** Why a sign-in by a provider failed, as the page that tells it knows. */
export const SIGN_ON_FAILURES = [
  'not-configured',
  'provider-unavailable',
  'provider-refused',
  'provider-answer',
  'flow-ended',
  'email-missing',
  'email-unverified',
  'domain-unverified',
  'not-a-member',
  'seats-exhausted',
  'role-missing',
  'owner',
  'account-inactive',
  'tenant-suspended',
  'session-ended',
  'connected-elsewhere',
  'somebody-else',
  'not-asked-again',
] as const;

export type SignOnFailure = (typeof SIGN_ON_FAILURES)[number];

/** A sign-in by a provider that did not succeed; it becomes a page, never an answer to a program. */
export class SignOnError extends Error {
  readonly failure: SignOnFailure;
  /** Whoever set out was signed in. */
  readonly signedIn: boolean;

  constructor(failure: SignOnFailure, options: ErrorOptions & { signedIn?: boolean } = {}) {
    super(failure, options);
    this.name = 'SignOnError';
    this.failure = failure;
    this.signedIn = options.signedIn ?? false;
  }
}
