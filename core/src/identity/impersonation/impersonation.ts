import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import { revokeSession } from '../sessions/sessions.ts';
import { type SignedIn, shownUser } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';

/** It ends by itself; nothing prolongs it. */
const LIFETIME_SECONDS = 30 * 60;
/** It proves nothing of the person: what asks for a proof stays closed. */
const NEVER = new Date(0);

export interface ImpersonationRequest {
  /** Slug. */
  tenant: string;
  userId: string;
  /** The tenant reads it. */
  reason: string;
}

/** What an operator gets to act as a member: an access token alone, which nothing renews. */
export type Impersonated = Omit<SignedIn, 'refreshToken'> & {
  impersonator: { id: string; name: string };
  /** ISO 8601. */
  endsAt: string;
};

async function memberOf(models: CoreModels, { tenant: slug, userId }: ImpersonationRequest) {
  const tenant = await models.Tenant.findOne({ where: { slug } });
  const user = await models.User.findOne({ where: { id: userId } });
  const membership =
    tenant && user && (await models.Membership.findOne({ where: { tenantId: tenant.id, userId, status: 'active' } }));
  if (!membership || user.status !== 'active') throw new ApiError('not-found', 'There is no such member.');
  if (user.isOperator) {
    throw new ApiError('forbidden', 'Operators of the platform act as themselves only.', { reason: 'operator' });
  }
  if (tenant.suspendedAt !== null) {
    throw new ApiError('conflict', 'This tenant is suspended.', { reason: 'tenant-suspended' });
  }
  if (!tenant.supportAccess) {
    throw new ApiError('forbidden', 'This tenant does not let operators act as its members.', {
      reason: 'support-access-forbidden',
    });
  }
  return { tenant, user };
}

/** Operators of the platform acting as a member of a tenant, to see what they see. */
export function createImpersonation(
  { db, changes, now, log }: Pick<IdentityDependencies, 'db' | 'changes' | 'now' | 'log'>,
  { access, accessTokens }: Pick<SignInParts, 'access' | 'accessTokens'>,
) {
  return {
    async begin(
      operator: Principal,
      request: ImpersonationRequest,
      client: Client,
      trace: AuditTrace,
    ): Promise<Impersonated> {
      const { id, name } = operator.user;
      // Who sits at the command line is no user, and could not be named.
      if (operator.sessionId === '') {
        throw new ApiError('forbidden', 'Sign in as an operator for this.', { reason: 'person-required' });
      }
      const at = now();
      const expiresAt = new Date(at.getTime() + LIFETIME_SECONDS * 1000);
      const session = await db.asPlatform(async (models) => {
        const { tenant, user } = await memberOf(models, request);
        const opened = await models.Session.create({
          tenantId: tenant.id,
          userId: user.id,
          ...client,
          createdAt: at,
          lastUsedAt: at,
          expiresAt,
          provenAt: NEVER,
          amr: ['operator'],
          impersonatorId: id,
          impersonatorName: name,
        });
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'impersonation.started',
          entityId: user.id,
          detail: { reason: request.reason, impersonator: { id, name } },
        });
        return { tenantId: tenant.id, userId: user.id, sessionId: opened.id };
      });
      const principal = await access.principalOf(session);
      if (!principal) throw new ApiError('conflict', 'This member cannot sign in at the moment.');
      const { token } = await accessTokens.issue(session, LIFETIME_SECONDS);
      log.warn({ requestId: trace.requestId, operator: id, ...session }, 'an operator acts as a member');
      return {
        accessToken: token,
        expiresIn: LIFETIME_SECONDS,
        tenant: principal.tenant,
        user: shownUser(principal),
        impersonator: { id, name },
        endsAt: expiresAt.toISOString(),
      };
    },

    /** Ends the session that an operator has as somebody else. */
    async end({ tenant, sessionId, impersonator }: Principal, trace: AuditTrace): Promise<void> {
      if (!impersonator) {
        throw new ApiError('conflict', 'You act as yourself.', { reason: 'not-impersonated' });
      }
      await db.asPlatform(async (models) => {
        const where = { tenantId: tenant.id, id: sessionId, revokedAt: null };
        const session = await models.Session.findOne({ where, lock: true });
        if (!session) return;
        await revokeSession(models, session, { reason: 'impersonation-ended', trace, now: now() });
        await recordAudit(models, trace, {
          tenantId: tenant.id,
          action: 'impersonation.ended',
          entityId: session.userId,
        });
      });
      await changes.announce('session', { tenantId: tenant.id, sessionId });
    },
  };
}

export type Impersonation = ReturnType<typeof createImpersonation>;
