import { createHash, randomBytes } from 'node:crypto';
import type { Database, PasskeyPurpose } from '../../data/index.ts';

const LIFETIME_MS = 5 * 60_000;

/** What a challenge was given out for; an answer counts for nothing else. */
export interface ChallengeUse {
  purpose: PasskeyPurpose;
  /** `null` where nobody has said yet who they are. */
  userId: string | null;
  /** The session, or the sign-in that waits; `null` where there is neither. */
  boundTo: string | null;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whatever a challenge is bound to is kept as its hash: it may be a token. */
function bindingOf(text: string | null): string | null {
  return text === null ? null : hashOf(text).toString('base64url');
}

/** A new challenge, good for one answer within five minutes. In base64url. */
export async function newPasskeyChallenge(
  db: Pick<Database, 'asPlatform'>,
  { purpose, userId, boundTo }: ChallengeUse,
  now: Date,
): Promise<Buffer<ArrayBuffer>> {
  const challenge = Buffer.from(randomBytes(32));
  await db.asPlatform((models) =>
    models.PasskeyChallenge.create({
      challengeHash: hashOf(challenge.toString('base64url')),
      purpose,
      userId,
      boundTo: bindingOf(boundTo),
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFETIME_MS),
    }),
  );
  return challenge;
}

/** Uses a challenge up, whatever then becomes of the answer. Returns whether it was good for this. */
export function usePasskeyChallenge(
  db: Pick<Database, 'asPlatform'>,
  challenge: string,
  { purpose, userId, boundTo }: ChallengeUse,
  now: Date,
): Promise<boolean> {
  return db.asPlatform(async (models) => {
    const found = await models.PasskeyChallenge.findOne({ where: { challengeHash: hashOf(challenge) }, lock: true });
    if (!found) return false;
    await found.destroy();
    const fits = found.purpose === purpose && found.userId === userId && found.boundTo === bindingOf(boundTo);
    return fits && found.expiresAt > now;
  });
}
