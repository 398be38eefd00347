import { type AuditTrace, recordAudit } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { membershipsOf } from '../members/memberships.ts';
import { openSignInChallenge, secondFactorRequired, type WaitingSignIn } from '../second-factor/sign-in-challenge.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { type Obstacle, obstacleOf } from './admission.ts';
import { answerFor, type SignInParts } from './issue-tokens.ts';
import { openSession } from './sessions.ts';
import type { SignedInWithMemberships } from './signed-in.ts';

/** Somebody who has proven who they are, and where they want to go. */
export interface ProvenPerson {
  userId: string;
  /** Members of all of these; the first that may be entered is. */
  tenantIds: readonly string[];
  /** How they proved it (RFC 8176). */
  amr: readonly string[];
  /** When they proved it, if not now. */
  provenAt?: Date;
}

export type BeginSession = (
  person: ProvenPerson,
  client: Client,
  requestId: string,
) => Promise<SignedInWithMemberships>;

interface StandingRow {
  tenantId: string;
  slug: string;
  isOwner: boolean;
  tenantSuspended: boolean;
  secondFactorRequired: boolean;
  singleSignOnEnforced: boolean;
  totp: boolean;
  passkeys: number;
  recoveryCodes: number;
  hasPassword: boolean;
}

const STANDINGS = `
  select m.tenant_id as "tenantId", t.slug, t.suspended_at is not null as "tenantSuspended",
         t.second_factor_required as "secondFactorRequired", coalesce(sso.enforced, false) as "singleSignOnEnforced",
         exists (select from core.membership_roles mr
                  where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id and mr.role = 'owner') as "isOwner",
         exists (select from core.totp_authenticators a
                  where a.user_id = m.user_id and a.confirmed_at is not null) as totp,
         (select count(*)::int from core.passkeys p where p.user_id = m.user_id) as passkeys,
         (select count(*)::int from core.recovery_codes c
           where c.user_id = m.user_id and c.used_at is null) as "recoveryCodes",
         u.password_hash is not null as "hasPassword"
    from core.memberships m
    join core.tenants t on t.id = m.tenant_id
    join core.users u on u.id = m.user_id
    left join core.single_sign_on sso on sso.tenant_id = m.tenant_id
   where m.user_id = $1 and m.tenant_id = any($2) and m.status = 'active'`;

/** Long ago: who comes from a provider although they have a proof of their own is asked for that one. */
const NEVER = new Date(0);

/**
 * Opens the session of somebody who has proven who they are, where the tenant lets them in like this; otherwise refuses
 * with `second-factor-required` and a challenge to answer, or `forbidden`. Every way in ends here.
 */
export function createBeginSession(
  { db, now, config }: IdentityDependencies,
  parts: Pick<SignInParts, 'access' | 'accessTokens'>,
): BeginSession {
  async function choose({ userId, tenantIds, amr }: ProvenPerson) {
    const { rows } = await db.platform.query<StandingRow>(STANDINGS, [userId, tenantIds]);
    const judged = tenantIds.flatMap((tenantId) => {
      const row = rows.find((one) => one.tenantId === tenantId);
      if (!row) return [];
      return [{ row, obstacle: obstacleOf({ ...row, amr, impersonated: false, hasSecondFactor: row.totp }) }];
    });
    const chosen = judged.find(({ obstacle }) => obstacle === null || obstacle === 'second-factor-required');
    if (chosen) return chosen;
    const [first] = judged;
    throw refusal(first?.obstacle ?? null, first?.row.slug ?? '');
  }

  async function open(models: CoreModels, person: ProvenPerson, row: StandingRow, client: Client, requestId: string) {
    const { userId, amr } = person;
    const { tenantId } = row;
    const at = now();
    const hasOwnProof = row.hasPassword || row.passkeys > 0;
    const provenAt = person.provenAt ?? (amr.includes('sso') && hasOwnProof ? NEVER : at);
    const expiresAt = new Date(at.getTime() + config.refreshTokenSeconds * 1000);
    const opened = await openSession(models, { tenantId, userId, amr, provenAt }, client, at, expiresAt);
    await models.User.update({ lastSignInAt: at }, { where: { id: userId } });
    const trace: AuditTrace = { actor: { kind: 'user', userId, ...client }, requestId };
    const brokeGlass = row.singleSignOnEnforced && !amr.includes('sso');
    await recordAudit(models, trace, {
      tenantId,
      action: 'session.opened',
      entityId: opened.sessionId,
      detail: { amr: [...amr], ...(brokeGlass ? { pastSingleSignOn: true } : {}) },
    });
    return { ...opened, tenantId, userId };
  }

  return async (person, client, requestId) => {
    const { row, obstacle } = await choose(person);
    if (obstacle !== null) {
      const waiting: WaitingSignIn = {
        userId: person.userId,
        tenantId: row.tenantId,
        amr: person.amr,
        totp: row.totp,
        passkeys: row.passkeys,
        recoveryCodes: row.recoveryCodes,
      };
      throw secondFactorRequired(await openSignInChallenge(db, waiting, now()));
    }
    const session = await db.asPlatform((models) => open(models, person, row, client, requestId));
    const answer = await answerFor(parts, session, session.refreshToken, config.accessTokenSeconds);
    return { ...answer, memberships: await membershipsOf(db, person.userId) };
  };
}

function refusal(obstacle: Obstacle | null, slug: string): ApiError {
  if (obstacle === 'tenant-suspended') {
    return new ApiError('forbidden', 'This workspace has been suspended by the operator of the platform.', {
      reason: obstacle,
    });
  }
  if (obstacle === 'single-sign-on-required') {
    return new ApiError('forbidden', "Members of this workspace sign in by their company's single sign-on.", {
      reason: obstacle,
      action: { label: 'Go to single sign-on', href: `/api/auth/oidc/${slug}/start` },
    });
  }
  return new ApiError('forbidden', 'You do not belong to any workspace.', { reason: 'no-membership' });
}
