import { UiProblem } from '@bazaar/sdk/ui';
import { problemOf } from '../api/problem.ts';

/** What a sign-in that is refused for want of a second factor asks for. */
export interface SecondFactorChallenge {
  token: string;
  methods: ('totp' | 'passkey' | 'recovery-code')[];
  /** One must be set up first. */
  enrolment: boolean;
}

/** A sign-in whose password was right, and that wants one proof more. */
export class SecondFactorRequired extends UiProblem {
  readonly challenge: SecondFactorChallenge;

  constructor(detail: string, challenge: SecondFactorChallenge) {
    super({ status: 401, code: 'second-factor-required', detail });
    this.challenge = challenge;
  }
}

function isChallenge(value: unknown): value is SecondFactorChallenge {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    typeof value.token === 'string' &&
    'methods' in value &&
    Array.isArray(value.methods) &&
    'enrolment' in value
  );
}

/** The challenge in the body of a refusal; `null` when it carries none. */
export function challengeIn(text: string): SecondFactorRequired | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Not from our server; certainly no challenge.
    return null;
  }
  if (typeof body !== 'object' || body === null || !('challenge' in body) || !isChallenge(body.challenge)) return null;
  const detail = 'detail' in body && typeof body.detail === 'string' ? body.detail : '';
  return new SecondFactorRequired(detail, body.challenge);
}

/** What a refused step of a sign-in, or into another workspace, says: perhaps that it wants one proof more. */
export async function readRefusal(response: Response): Promise<UiProblem> {
  const text = await response.text();
  return challengeIn(text) ?? problemOf(response.status, text);
}
