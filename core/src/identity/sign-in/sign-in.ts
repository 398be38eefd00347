import { ApiError } from '../../errors/index.ts';
import { normaliseEmail } from '../../tenancy/index.ts';
import { membershipsOf } from '../members/memberships.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies, MembershipSummary } from '../types.ts';
import { invalidCredentials, type PasswordProof } from './password-proof.ts';

export interface Credentials {
  email: string;
  password: string;
  /** Slug; the tenant used last when absent. */
  tenant?: string;
}

/**
 * Signs a person in by e-mail address and password. Whether an account exists cannot be told from the answer or from
 * the time it takes: every refusal before the password is known to be right is the same `invalid-credentials`.
 */
export function createSignIn(
  { db, log }: Pick<IdentityDependencies, 'db' | 'log'>,
  prove: PasswordProof,
  begin: BeginSession,
) {
  function choose(memberships: readonly MembershipSummary[], slug: string | undefined): string[] {
    const chosen = slug === undefined ? memberships : memberships.filter(({ tenant }) => tenant.slug === slug);
    if (chosen.length > 0) return chosen.map(({ tenant }) => tenant.id);
    throw slug === undefined
      ? new ApiError('forbidden', 'You do not belong to any workspace.', { reason: 'no-membership' })
      : new ApiError('forbidden', `You do not belong to a workspace "${slug}".`, { reason: 'no-membership' });
  }

  return async (credentials: Credentials, client: Client, requestId: string): Promise<SignedInWithMemberships> => {
    const email = normaliseEmail(credentials.email);
    const userId = await prove({ email, ip: client.ip, tenant: credentials.tenant }, credentials.password);
    if (userId === null) {
      log.warn({ requestId, ip: client.ip }, 'sign-in refused');
      throw invalidCredentials();
    }
    const tenantIds = choose(await membershipsOf(db, userId), credentials.tenant);
    return begin({ userId, tenantIds, amr: ['pwd'] }, client, requestId);
  };
}
