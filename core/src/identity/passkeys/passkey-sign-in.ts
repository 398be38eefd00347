import { ApiError } from '../../errors/index.ts';
import { membershipsOf } from '../members/memberships.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import type { AuthenticationResponseJSON } from './ceremonies.ts';
import type { Passkeys } from './passkeys.ts';

/** A passkey names its owner, is held by them and asks who they are: two factors in one. */
const AMR = ['pop', 'mfa'];

export interface PasskeySignIn {
  response: AuthenticationResponseJSON;
  /** Slug; the tenant used last when absent. */
  tenant?: string;
}

/** Signs people in by a passkey alone, without a name. */
export function createPasskeySignIn(
  { db, config }: Pick<IdentityDependencies, 'db' | 'config'>,
  { passkeys, begin }: { passkeys: Passkeys; begin: BeginSession },
) {
  const use = { purpose: 'sign-in', userId: null, boundTo: null } as const;
  return {
    options: () => passkeys.options(use),
    async signIn(
      { response, tenant }: PasskeySignIn,
      client: Client,
      requestId: string,
    ): Promise<SignedInWithMemberships> {
      const { userId } = await passkeys.prove(response, use, client, requestId);
      const { rows } = await db.platform.query<{ status: string; demo: boolean }>(
        'select status, demo from core.users where id = $1',
        [userId],
      );
      const [account] = rows;
      if (account?.status !== 'active' || (account.demo && !config.demo)) {
        throw new ApiError('unauthenticated', 'This account cannot sign in.', { reason: 'account-inactive' });
      }
      const memberships = await membershipsOf(db, userId);
      const tenantIds = memberships
        .filter((one) => tenant === undefined || one.tenant.slug === tenant)
        .map((one) => one.tenant.id);
      return begin({ userId, tenantIds, amr: AMR }, client, requestId);
    },
  };
}

export type PasskeyEntrance = ReturnType<typeof createPasskeySignIn>;
