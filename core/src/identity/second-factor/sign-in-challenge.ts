import { createHash, randomBytes } from 'node:crypto';
import type { CoreModels, Database, SignInChallenge } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';

/** How long a sign-in waits for its second factor. */
const LIFETIME_MS = 5 * 60_000;
/** Wrong answers to one challenge; then the password is asked for again. */
const MOST_ATTEMPTS = 5;

/** What people may answer a challenge with. */
export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery-code';

/** A sign-in whose first factor is proven. */
export interface WaitingSignIn {
  userId: string;
  tenantId: string;
  amr: readonly string[];
  totp: boolean;
  passkeys: number;
  recoveryCodes: number;
}

export interface OpenedChallenge {
  token: string;
  expiresAt: Date;
  methods: SecondFactorMethod[];
  /** The tenant asks for a second factor and the person has none: one is set up first. */
  enrolment: boolean;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export async function openSignInChallenge(
  db: Pick<Database, 'asPlatform'>,
  waiting: WaitingSignIn,
  now: Date,
): Promise<OpenedChallenge> {
  const { userId, tenantId, amr } = waiting;
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  const enrolment = !waiting.totp && waiting.passkeys === 0;
  await db.asPlatform((models) =>
    models.SignInChallenge.create({
      tokenHash: hashOf(token),
      userId,
      tenantId,
      amr: [...amr],
      enrolment,
      createdAt: now,
      expiresAt,
    }),
  );
  const methods: SecondFactorMethod[] = [
    ...(waiting.totp ? (['totp'] as const) : []),
    ...(waiting.passkeys > 0 ? (['passkey'] as const) : []),
    ...(!enrolment && waiting.recoveryCodes > 0 ? (['recovery-code'] as const) : []),
  ];
  return { token, expiresAt, methods, enrolment };
}

/** The refusal that carries the challenge. */
export function secondFactorRequired({ token, expiresAt, methods, enrolment }: OpenedChallenge): ApiError {
  const detail = enrolment
    ? 'This workspace asks for a second factor. Set one up to go on.'
    : 'Confirm with your second factor that it is you.';
  return new ApiError('second-factor-required', detail, {
    reason: enrolment ? 'enrolment-required' : 'second-factor-missing',
    members: { challenge: { token, expiresAt: expiresAt.toISOString(), methods, enrolment } },
  });
}

/** The challenge behind a token, locked until the transaction ends; refuses what is unknown, old or used up. */
export async function findSignInChallenge(models: CoreModels, token: string, now: Date): Promise<SignInChallenge> {
  const found = await models.SignInChallenge.findOne({ where: { tokenHash: hashOf(token) }, lock: true });
  if (!found || found.expiresAt <= now || found.attempts >= MOST_ATTEMPTS) throw challengeEnded();
  return found;
}

export function challengeEnded(): ApiError {
  return new ApiError('unauthenticated', 'This sign-in has taken too long or failed too often. Sign in again.', {
    reason: 'challenge-ended',
  });
}
