import { type AuditTrace, recordAudit } from '../audit/index.ts';
import { ApiError } from '../errors/index.ts';
import { normaliseEmail } from '../tenancy/index.ts';
import type { Access } from './access.ts';
import type { AccessTokens } from './access-tokens.ts';
import { membershipsOf } from './memberships.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import { openSession } from './sessions.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { type SignedIn, type SignedInWithMemberships, shownUser } from './signed-in.ts';
import type { Client, IdentityDependencies, MembershipSummary } from './types.ts';
import type { WorkSlots } from './work-slots.ts';

export interface Credentials {
  email: string;
  password: string;
  /** Slug; the tenant used last when absent. */
  tenant?: string;
}

interface Account {
  id: string;
  passwordHash: string | null;
  status: string;
  demo: boolean;
}

export interface SignInParts {
  accessTokens: AccessTokens;
  access: Access;
  limits: SignInLimits;
  slots: WorkSlots;
}

/** Issues the tokens of a session that has been committed. */
export async function answerFor(
  { access, accessTokens }: Pick<SignInParts, 'access' | 'accessTokens'>,
  session: { tenantId: string; userId: string; sessionId: string },
  refreshToken: string,
  accessTokenSeconds: number,
): Promise<SignedIn> {
  const principal = await access.principalOf(session);
  if (principal === null) {
    throw new ApiError('unauthenticated', 'This session has ended. Sign in again.', { reason: 'session-ended' });
  }
  const { token } = await accessTokens.issue(session);
  return {
    accessToken: token,
    expiresIn: accessTokenSeconds,
    refreshToken,
    tenant: principal.tenant,
    user: shownUser(principal),
  };
}

/**
 * Signs a person in by e-mail address and password. Whether an account exists cannot be told from the answer or from
 * the time it takes: every refusal before the password is known to be right is the same `invalid-credentials`.
 */
export function createSignIn(deps: IdentityDependencies, parts: SignInParts) {
  const { db, log, now, config } = deps;

  async function account(email: string): Promise<Account | null> {
    const { rows } = await db.platform.query<Account>(
      `select id, password_hash as "passwordHash", status, demo from core.users where lower(email) = $1`,
      [email],
    );
    return rows[0] ?? null;
  }

  /** The account, with a new hash where the stored one is outdated; `null` when it may not sign in like this. */
  async function prove(email: string, password: string, ip: string) {
    // Looked at inside the slot: a burst of guesses cannot all pass the limit before the first of them is counted.
    return parts.slots.run(async () => {
      await parts.limits.check(email, ip);
      const found = await account(email);
      const matches = await verifyPassword(password, found?.passwordHash ?? null);
      if (!matches || found === null || found.status !== 'active' || (found.demo && !config.demo)) {
        await parts.limits.failed(email, ip);
        return null;
      }
      const outdated = found.passwordHash === null || isOutdated(found.passwordHash);
      return { userId: found.id, newHash: outdated ? await hashPassword(password) : null };
    });
  }

  function choose(memberships: readonly MembershipSummary[], slug: string | undefined): MembershipSummary {
    const chosen = slug === undefined ? memberships[0] : memberships.find(({ tenant }) => tenant.slug === slug);
    if (chosen) return chosen;
    throw slug === undefined
      ? new ApiError('forbidden', 'You do not belong to any tenant.', { reason: 'no-membership' })
      : new ApiError('forbidden', `You do not belong to a tenant "${slug}".`, { reason: 'no-membership' });
  }

  return async (credentials: Credentials, client: Client, requestId: string): Promise<SignedInWithMemberships> => {
    const email = normaliseEmail(credentials.email);
    const proven = await prove(email, credentials.password, client.ip);
    if (proven === null) {
      log.warn({ requestId, ip: client.ip }, 'sign-in refused');
      throw new ApiError('invalid-credentials', 'The e-mail address or the password is not right.');
    }
    const { userId, newHash } = proven;
    const memberships = await membershipsOf(db, userId);
    const tenantId = choose(memberships, credentials.tenant).tenant.id;
    const at = now();
    const expiresAt = new Date(at.getTime() + config.refreshTokenSeconds * 1000);
    const trace: AuditTrace = { actor: { kind: 'user', userId, ...client }, requestId };
    const { sessionId, refreshToken } = await db.asPlatform(async (models) => {
      const opened = await openSession(models, { tenantId, userId }, client, at, expiresAt);
      await models.User.update(
        { lastSignInAt: at, ...(newHash === null ? {} : { passwordHash: newHash }) },
        { where: { id: userId } },
      );
      await recordAudit(models, trace, { tenantId, action: 'session.opened', entityId: opened.sessionId });
      return opened;
    });
    await parts.limits.succeeded(email, client.ip);
    const session = { tenantId, userId, sessionId };
    return { ...(await answerFor(parts, session, refreshToken, config.accessTokenSeconds)), memberships };
  };
}
