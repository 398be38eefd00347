import type { AuditTrace } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { membershipsOf } from '../members/memberships.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import type { BeginSession } from './begin-session.ts';
import { revokeSession } from './sessions.ts';
import type { SignedInWithMemberships } from './signed-in.ts';

/** Begins a session of the same person in another tenant, in place of the one they have. */
export type GoOn = (
  principal: Principal,
  tenantId: string,
  client: Client,
  requestId: string,
) => Promise<SignedInWithMemberships>;

/**
 * Whether a session may be carried on in another tenant. One that a tenant's single sign-on began stays in that tenant:
 * its provider speaks for nobody elsewhere.
 */
export function mayGoOn({ amr = [], apiKey, impersonator }: Principal): boolean {
  return !apiKey && !impersonator && !amr.includes('sso');
}

/** The new session inherits how and when the person proved who they are. Only after `mayGoOn`. */
export function createGoOn({ db, changes, now }: IdentityDependencies, begin: BeginSession): GoOn {
  return async ({ tenant, user, sessionId, amr = [], provenAt }, tenantId, client, requestId) => {
    const person = { userId: user.id, tenantIds: [tenantId], amr, provenAt: new Date(provenAt) };
    const answer = await begin(person, client, requestId);
    const trace: AuditTrace = { actor: { kind: 'user', userId: user.id, ...client }, requestId };
    await db.asPlatform(async (models) => {
      const where = { tenantId: tenant.id, id: sessionId, revokedAt: null };
      const old = await models.Session.findOne({ where, lock: true });
      if (old) await revokeSession(models, old, { reason: 'switched-tenant', trace, now: now() });
    });
    await changes.announce('session', { tenantId: tenant.id, sessionId });
    return answer;
  };
}

/** Goes on in another tenant that the person belongs to. */
export function createSwitchTenant({ db }: Pick<IdentityDependencies, 'db'>, goOn: GoOn) {
  return async (
    principal: Principal,
    slug: string,
    client: Client,
    requestId: string,
  ): Promise<SignedInWithMemberships> => {
    const memberships = await membershipsOf(db, principal.user.id);
    const wanted = memberships.find(({ tenant }) => tenant.slug === slug);
    if (!wanted) {
      throw new ApiError('forbidden', `You do not belong to a workspace "${slug}".`, { reason: 'no-membership' });
    }
    if (wanted.tenant.id === principal.tenant.id) {
      throw new ApiError('conflict', 'You are in this workspace already.', { reason: 'same-tenant' });
    }
    if (!mayGoOn(principal)) {
      throw new ApiError('forbidden', `Sign in to ${wanted.tenant.name} itself: this session cannot go there.`, {
        reason: 'session-stays',
      });
    }
    return goOn(principal, wanted.tenant.id, client, requestId);
  };
}
