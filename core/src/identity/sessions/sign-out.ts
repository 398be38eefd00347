import type { AuditTrace } from '../../audit/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { refreshTokenHash } from './refresh-tokens.ts';
import { revokeSession } from './sessions.ts';

/**
 * Ends the session of the access token or of the refresh token, whichever is given. Does nothing when it has ended
 * already, and does not tell.
 */
export function createSignOut({ db, changes, now }: IdentityDependencies) {
  return async (
    principal: Principal | null,
    refreshToken: string | undefined,
    client: Client,
    requestId: string,
  ): Promise<void> => {
    const ended = await db.asPlatform(async (models) => {
      const token =
        principal === null && refreshToken !== undefined
          ? await models.RefreshToken.findOne({ where: { tokenHash: refreshTokenHash(refreshToken) } })
          : null;
      const tenantId = principal?.tenant.id ?? token?.tenantId;
      const id = principal?.sessionId ?? token?.sessionId;
      if (tenantId === undefined || id === undefined) return null;
      const session = await models.Session.findOne({ where: { tenantId, id, revokedAt: null }, lock: true });
      if (!session) return null;
      const trace: AuditTrace = { actor: { kind: 'user', userId: session.userId, ...client }, requestId };
      await revokeSession(models, session, { reason: 'signed-out', trace, now: now() });
      return { tenantId, sessionId: id };
    });
    if (ended) await changes.announce('session', ended);
  };
}
