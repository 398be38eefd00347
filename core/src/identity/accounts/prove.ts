import type { AuditTrace } from '../../audit/index.ts';
import { recordAudit } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { PasswordProof } from '../sign-in/password-proof.ts';
import type { IdentityDependencies } from '../types.ts';

/** A session, whose, and where. */
interface ProvenSession {
  tenant: { id: string };
  user: { id: string };
  sessionId: string;
}

/** Renews the proof of a session: for a quarter of an hour its person may do what asks for a recent one. */
export async function renewProof(
  { db, changes, now }: Pick<IdentityDependencies, 'db' | 'changes' | 'now'>,
  { tenant, user, sessionId }: ProvenSession,
  by: string,
  trace: AuditTrace,
): Promise<void> {
  await db.inTenant(tenant.id, async (models) => {
    const session = await models.Session.findOne({
      where: { id: sessionId, userId: user.id, revokedAt: null },
      lock: true,
    });
    if (!session) throw new ApiError('unauthenticated', 'This session has ended.', { reason: 'session-ended' });
    await session.update({ provenAt: now() });
    await recordAudit(models, trace, {
      tenantId: tenant.id,
      action: 'session.proven',
      entityId: sessionId,
      detail: { by },
    });
  });
  await changes.announce('session', { tenantId: tenant.id, sessionId });
}

/** Proves by the password that the person at the session is still the same. */
export function createProveByPassword(deps: IdentityDependencies, prove: PasswordProof) {
  return async (principal: Principal, password: string, trace: AuditTrace): Promise<void> => {
    const userId = await prove({ email: principal.user.email, ip: trace.actor.ip ?? '' }, password);
    if (userId !== principal.user.id) {
      const message = 'This is not your password.';
      throw new ApiError('invalid-input', message, {
        reason: 'wrong-password',
        errors: [{ pointer: '/password', message }],
      });
    }
    await renewProof(deps, principal, 'password', trace);
  };
}
