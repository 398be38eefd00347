import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { answerFor, type SignInParts } from './issue-tokens.ts';
import { judgeRefresh, type RefreshOutcome, refreshTokenHash, successorOf } from './refresh-tokens.ts';
import { revokeSession } from './sessions.ts';
import type { SignedIn } from './signed-in.ts';

const REFUSALS: Record<Exclude<RefreshOutcome, 'rotate' | 'repeat'> | 'unknown', string> = {
  unknown: 'The refresh token is not valid. Sign in again.',
  expired: 'The refresh token has expired. Sign in again.',
  ended: 'This session has ended. Sign in again.',
  reused: 'The refresh token was used before, so the session was ended for safety. Sign in again.',
};

interface Judged {
  outcome: RefreshOutcome | 'unknown';
  session: { tenantId: string; userId: string; sessionId: string } | null;
}

/** Exchanges a refresh token for the next one of its family and a new access token. */
export function createRefresh(
  { db, changes, log, now, config }: IdentityDependencies,
  parts: Pick<SignInParts, 'access' | 'accessTokens'>,
  key: Uint8Array,
) {
  /** One transaction; the lock on the session makes everybody who holds a token of the family wait in line. */
  async function judge(models: CoreModels, token: string, client: Client, requestId: string): Promise<Judged> {
    const tokenHash = refreshTokenHash(token);
    const known = await models.RefreshToken.findOne({ where: { tokenHash } });
    const family = known && { id: known.sessionId, tenantId: known.tenantId };
    const session = family && (await models.Session.findOne({ where: family, lock: true }));
    const stored = session && (await models.RefreshToken.findOne({ where: { tokenHash } }));
    if (!stored) return { outcome: 'unknown', session: null };

    const at = now();
    const outcome = judgeRefresh(
      {
        expiresAt: stored.expiresAt,
        usedAt: stored.usedAt,
        sessionExpiresAt: session.expiresAt,
        sessionRevokedAt: session.revokedAt,
      },
      at,
    );
    const { tenantId, userId, id: sessionId } = session;
    if (outcome === 'rotate') {
      const expiresAt = new Date(at.getTime() + config.refreshTokenSeconds * 1000);
      await stored.update({ usedAt: at });
      await models.RefreshToken.create({
        tenantId,
        sessionId,
        tokenHash: refreshTokenHash(successorOf(token, key)),
        issuedAt: at,
        expiresAt,
      });
      await session.update({ lastUsedAt: at, expiresAt });
    }
    if (outcome === 'reused') {
      const trace: AuditTrace = { actor: { kind: 'system', userId: null, ...client }, requestId };
      await revokeSession(models, session, { reason: 'refresh-token-reused', trace, now: at });
    }
    return { outcome, session: { tenantId, userId, sessionId } };
  }

  return async (token: string, client: Client, requestId: string): Promise<SignedIn> => {
    const { outcome, session } = await db.asPlatform((models) => judge(models, token, client, requestId));
    if (session !== null && (outcome === 'rotate' || outcome === 'repeat')) {
      return answerFor(parts, session, successorOf(token, key), config.accessTokenSeconds);
    }
    if (session !== null && outcome === 'reused') {
      log.warn({ requestId, ...session, ip: client.ip }, 'refresh token reused, session revoked');
      await changes.announce('session', session);
    }
    const refusal = outcome as keyof typeof REFUSALS;
    throw new ApiError('unauthenticated', REFUSALS[refusal], { reason: `refresh-token-${refusal}` });
  };
}
