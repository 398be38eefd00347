import type { AuditTrace } from '../../audit/index.ts';
import type { SignOnFlow, SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { BeginSession } from '../sessions/begin-session.ts';
import type { SignedInWithMemberships } from '../sessions/signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import type { AuthorizationFlow, AuthorizationRequest, ProviderAnswer } from './authorization-flow.ts';
import { SignOnError } from './failure.ts';
import { type ExternalPerson, linkPerson } from './link-person.ts';
import type { OwnSignOn } from './own-sign-on.ts';

export interface SignOnParts {
  authorization: AuthorizationFlow;
  own: OwnSignOn;
  begin: BeginSession;
}

/** What became of a way to the provider and back. */
export interface CameBack {
  /** The session that began; none for who was signed in already. */
  signedIn: SignedInWithMemberships | null;
  /** Page of this site to go on with. */
  returnTo: string;
}

/** Signing in by a tenant's OpenID provider: there, and back. Both reject with `SignOnError`. */
export function createSignOn(
  { db, changes, now, config }: Pick<IdentityDependencies, 'db' | 'changes' | 'now' | 'config'>,
  { authorization, own, begin }: SignOnParts,
) {
  async function assertUsable(userId: string, tenantId: string): Promise<void> {
    const { rows } = await db.platform.query<{ usable: boolean; demo: boolean }>(
      `select u.status = 'active' and m.status = 'active' as usable, u.demo
         from core.users u join core.memberships m on m.user_id = u.id and m.tenant_id = $2 where u.id = $1`,
      [userId, tenantId],
    );
    const [row] = rows;
    if (row?.usable !== true || (row.demo && !config.demo)) throw new SignOnError('account-inactive');
  }

  async function enter(
    settings: SingleSignOn,
    person: ExternalPerson,
    client: Client,
    requestId: string,
  ): Promise<SignedInWithMemberships> {
    const { tenantId } = settings;
    const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ...client }, requestId };
    const { userId, joined } = await db.asPlatform((models) =>
      linkPerson(models, { settings, person, tierSeats: config.tierSeats, trace, now: now() }),
    );
    if (joined) await changes.announce('membership', { userId, tenantId });
    await assertUsable(userId, tenantId);
    try {
      return await begin({ userId, tenantIds: [tenantId], amr: ['sso'] }, client, requestId);
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'tenant-suspended') throw new SignOnError('tenant-suspended');
      throw error;
    }
  }

  /** Who set out signed in hears of a failure where they were, and not at the door. */
  async function forWhoeverBegan<Result>({ purpose }: SignOnFlow, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SignOnError) || purpose === 'sign-in') throw error;
      throw new SignOnError(error.failure, { cause: error, signedIn: true });
    }
  }

  return {
    async start(slug: string, returnTo: string | undefined): Promise<AuthorizationRequest> {
      return authorization.begin(slug, await authorization.settingsOf(slug), returnTo, { purpose: 'sign-in' });
    },

    /** `browser`: what the browser kept. */
    async finish(
      slug: string,
      answer: ProviderAnswer,
      browser: string | undefined,
      client: Client,
      requestId: string,
    ): Promise<CameBack> {
      const settings = await authorization.settingsOf(slug);
      const flow = await authorization.takeFlow(answer.state ?? '', settings.tenantId, browser);
      const { returnTo } = flow;
      return forWhoeverBegan(flow, async () => {
        const person = await authorization.redeem(slug, settings, flow, answer);
        if (flow.purpose === 'sign-in') return { signedIn: await enter(settings, person, client, requestId), returnTo };
        await own.cameBack(settings, flow, person, client, requestId);
        return { signedIn: null, returnTo };
      });
    },
  };
}

export type SignOn = ReturnType<typeof createSignOn>;
