import type { AuditTrace } from '../../audit/index.ts';
import { recordAudit } from '../../audit/index.ts';
import type { CoreModels, SignOnFlow, SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Principal } from '../../routes/index.ts';
import { renewProof } from '../accounts/prove.ts';
import { sendSecurityNotice } from '../accounts/security-notice.ts';
import { type EndedSession, revokeSession } from '../sessions/sessions.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import type { AuthorizationFlow, AuthorizationRequest } from './authorization-flow.ts';
import { SignOnError } from './failure.ts';
import type { ExternalPerson } from './link-person.ts';

/** How far a provider's clock may be behind ours. */
const TOLERANCE_MS = 60_000;

/** A person in the tenant of a session. */
interface Somebody {
  tenantId: string;
  userId: string;
}

/**
 * What people who are signed in do at their tenant's provider: connect their own account to the one they have there,
 * or prove by it that it is still them. Nobody is connected by an address here: whoever connects has proven to own both.
 */
export function createOwnSignOn(deps: IdentityDependencies, authorization: AuthorizationFlow) {
  const { db, changes, now, mailer } = deps;

  async function hasOwnProof(models: CoreModels, userId: string): Promise<boolean> {
    const user = await models.User.findOne({ where: { id: userId }, attributes: ['passwordHash'] });
    const passkey = await models.Passkey.findOne({ where: { userId }, attributes: ['id'] });
    return (user?.passwordHash ?? null) !== null || passkey !== null;
  }

  async function begin(
    { tenant, user, sessionId }: Principal,
    purpose: 'connect' | 'prove',
    returnTo: string | undefined,
  ): Promise<AuthorizationRequest> {
    try {
      const settings = await authorization.settingsOf(tenant.slug);
      return await authorization.begin(tenant.slug, settings, returnTo, { purpose, userId: user.id, sessionId });
    } catch (error) {
      if (!(error instanceof SignOnError)) throw error;
      const missing = error.failure === 'not-configured';
      throw new ApiError(
        missing ? 'conflict' : 'unavailable',
        missing ? 'This workspace has no single sign-on.' : 'The identity provider cannot be reached at the moment.',
        { reason: error.failure, cause: error },
      );
    }
  }

  /** The session in which somebody set out must not have ended while they were away. */
  async function assertLiving(models: CoreModels, { tenantId, userId }: Somebody, sessionId: string): Promise<void> {
    const living = await models.Session.findOne({ where: { tenantId, userId, id: sessionId, revokedAt: null } });
    if (!living || living.expiresAt <= now()) throw new SignOnError('session-ended');
  }

  async function connect(
    models: CoreModels,
    { tenantId, issuer }: SingleSignOn,
    userId: string,
    person: ExternalPerson,
    trace: AuditTrace,
  ): Promise<void> {
    // As whoever signs in for the first time at this moment does.
    const tenant = await models.Tenant.findOne({ where: { id: tenantId }, lock: true });
    const { subject, email } = person;
    const known = await models.ExternalIdentity.findOne({ where: { tenantId, issuer, subject } });
    if (known && known.userId !== userId) throw new SignOnError('connected-elsewhere');
    await models.ExternalIdentity.destroy({ where: { tenantId, userId } });
    await models.ExternalIdentity.create({
      tenantId,
      issuer,
      subject,
      userId,
      email: email?.toLowerCase() ?? null,
      provisioned: false,
      createdAt: now(),
      lastUsedAt: now(),
    });
    await recordAudit(models, trace, {
      tenantId,
      action: 'identity.linked',
      entityId: userId,
      detail: { issuer, by: 'own-hand' },
    });
    await sendSecurityNotice(deps, models, userId, { event: 'sign-on-connected', about: tenant?.name ?? '' }, trace);
  }

  async function assertProven(
    models: CoreModels,
    { tenantId, issuer }: SingleSignOn,
    { userId, createdAt }: SignOnFlow,
    { subject, authenticatedAt }: ExternalPerson,
  ): Promise<void> {
    const known = await models.ExternalIdentity.findOne({ where: { tenantId, issuer, subject } });
    if (known?.userId !== userId) throw new SignOnError('somebody-else');
    const earliest = createdAt.getTime() - TOLERANCE_MS;
    if (authenticatedAt === null || authenticatedAt.getTime() < earliest) throw new SignOnError('not-asked-again');
  }

  return {
    connect: (principal: Principal): Promise<AuthorizationRequest> =>
      begin(principal, 'connect', '/account/security?single-sign-on=connected'),

    /** Only for who has no proof of their own: a tenant's provider does not speak for who has. */
    async prove(principal: Principal, returnTo: string | undefined): Promise<AuthorizationRequest> {
      const { user, tenant } = principal;
      await db.asPlatform(async (models) => {
        if (await hasOwnProof(models, user.id)) {
          throw new ApiError('conflict', 'Prove it by your own password or passkey.', { reason: 'own-proof' });
        }
        const where = { tenantId: tenant.id, userId: user.id };
        if (!(await models.ExternalIdentity.findOne({ where, attributes: ['subject'] }))) {
          throw new ApiError('conflict', 'Your account is not connected to single sign-on.', {
            reason: 'not-connected',
          });
        }
      });
      return begin(principal, 'prove', returnTo);
    },

    /** The second half of both. */
    async cameBack(
      settings: SingleSignOn,
      flow: SignOnFlow,
      person: ExternalPerson,
      client: Client,
      requestId: string,
    ): Promise<void> {
      const { tenantId } = settings;
      const { userId, sessionId } = flow;
      if (userId === null || sessionId === null) throw new SignOnError('flow-ended');
      const trace: AuditTrace = { actor: { kind: 'user', userId, ...client }, requestId };
      await db.asPlatform(async (models) => {
        await assertLiving(models, { tenantId, userId }, sessionId);
        if (flow.purpose === 'connect') await connect(models, settings, userId, person, trace);
        else await assertProven(models, settings, flow, person);
      });
      if (flow.purpose === 'connect') mailer.wake();
      else
        await renewProof(deps, { tenant: { id: tenantId }, user: { id: userId }, sessionId }, 'single-sign-on', trace);
    },

    /** The provider signs them in no longer; sessions that it began end. */
    async disconnect({ tenant, user }: Principal, trace: AuditTrace): Promise<void> {
      const where = { tenantId: tenant.id, userId: user.id };
      const ended = await db.asPlatform(async (models): Promise<EndedSession[]> => {
        if (!(await hasOwnProof(models, user.id))) {
          throw new ApiError('conflict', 'It is your only way in. Choose a password or add a passkey first.', {
            reason: 'only-way-in',
          });
        }
        if ((await models.ExternalIdentity.destroy({ where })) === 0) {
          throw new ApiError('not-found', 'Your account is not connected to single sign-on.');
        }
        const living = await models.Session.findAll({ where: { ...where, revokedAt: null }, lock: true });
        const begun = living.filter(({ amr }) => amr.includes('sso'));
        const revocation = { reason: 'sign-on-disconnected', trace, now: now() } as const;
        for (const session of begun) await revokeSession(models, session, revocation);
        await recordAudit(models, trace, { tenantId: tenant.id, action: 'identity.unlinked', entityId: user.id });
        const notice = { event: 'sign-on-disconnected', about: tenant.name } as const;
        await sendSecurityNotice(deps, models, user.id, notice, trace);
        return begun.map(({ id }) => ({ tenantId: tenant.id, sessionId: id }));
      });
      mailer.wake();
      await Promise.all(ended.map((session) => changes.announce('session', session)));
    },
  };
}

export type OwnSignOn = ReturnType<typeof createOwnSignOn>;
