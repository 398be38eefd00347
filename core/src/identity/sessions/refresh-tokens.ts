import { createHash, createHmac, randomBytes } from 'node:crypto';

/** How long a used token still answers with its successor: two tabs may refresh with the same one. */
const CONCURRENCY_GRACE_MS = 10_000;

/** 256 random bits. */
export function newRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored. */
export function refreshTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/**
 * The token that follows in its family. Derived, so that everyone who presents the same token within the grace gets
 * the same successor although only hashes are stored; without the key it is as unguessable as a random one.
 */
export function successorOf(token: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(token).digest('base64url');
}

export type RefreshOutcome = 'rotate' | 'repeat' | 'reused' | 'expired' | 'ended';

export interface StoredRefreshToken {
  expiresAt: Date;
  usedAt: Date | null;
  sessionExpiresAt: Date;
  sessionRevokedAt: Date | null;
}

/**
 * What to do with a presented token that is known: hand out its successor for the first time (`rotate`) or once more
 * (`repeat`), or refuse. `reused` means that two parties hold the family: it must be revoked.
 */
export function judgeRefresh(token: StoredRefreshToken, now: Date): RefreshOutcome {
  if (token.sessionRevokedAt !== null || now >= token.sessionExpiresAt) return 'ended';
  if (token.usedAt !== null) {
    return now.getTime() - token.usedAt.getTime() <= CONCURRENCY_GRACE_MS ? 'repeat' : 'reused';
  }
  return now >= token.expiresAt ? 'expired' : 'rotate';
}
