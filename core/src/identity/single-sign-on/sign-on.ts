import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Configuration, IDToken } from 'openid-client';
import type { AuditTrace } from '../../audit/index.ts';
import type { SignOnFlow, SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import type { BeginSession } from '../begin-session.ts';
import type { SignedInWithMemberships } from '../signed-in.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { SignOnError } from './failure.ts';
import { type ExternalPerson, linkPerson } from './link-person.ts';
import { openId, type Providers } from './provider.ts';
import { safeReturnPath } from './return-path.ts';

/** How long people may take at their provider. */
const FLOW_MS = 10 * 60_000;
/** A subject is at most this long, by the specification. */
const MAX_SUBJECT = 255;

/** What the browser keeps while it is away, in seconds. */
export const FLOW_SECONDS = FLOW_MS / 1000;

export interface SignOnParts {
  providers: Providers;
  sealer: Sealer;
  begin: BeginSession;
}

/** The answer of a provider: the query with which it sent the browser back. */
export type ProviderAnswer = Readonly<Record<string, string>>;

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const flowPlace = (stateHash: Buffer): string => `sign-on-flow/${stateHash.toString('base64url')}`;

/** Where a tenant's provider sends the browser back to: an address of its own, so that no provider answers for another. */
export function redirectUri(origin: string, slug: string): string {
  return `${origin}/api/auth/oidc/${slug}/callback`;
}

/** Signing in by a tenant's OpenID provider: there, and back. Both reject with `SignOnError`. */
export function createSignOn(
  { db, changes, now, log, config, publicOrigin }: IdentityDependencies,
  { providers, sealer, begin }: SignOnParts,
) {
  /** Nobody learns from this whether a tenant exists. */
  async function settingsOf(slug: string): Promise<SingleSignOn> {
    const found = await db.asPlatform(async (models) => {
      const tenant = await models.Tenant.findOne({ where: { slug } });
      return tenant && models.SingleSignOn.findOne({ where: { tenantId: tenant.id, enabled: true } });
    });
    if (!found) throw new SignOnError('not-configured');
    return found;
  }

  async function providerOf(settings: SingleSignOn): Promise<Configuration> {
    try {
      return await providers.of(settings);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new SignOnError('provider-unavailable', { cause: error });
    }
  }

  /** Uses the flow up, whatever becomes of it. */
  async function takeFlow(state: string, tenantId: string, browser: string | undefined): Promise<SignOnFlow> {
    const flow = await db.asPlatform(async (models) => {
      const found = await models.SignOnFlow.findOne({ where: { stateHash: hashOf(state), tenantId }, lock: true });
      await found?.destroy();
      return found;
    });
    const fits = flow !== null && browser !== undefined && timingSafeEqual(flow.browserHash, hashOf(browser));
    if (!fits || flow.expiresAt <= now()) throw new SignOnError('flow-ended');
    return flow;
  }

  /** What the provider says of the person, once everything about its answer has been checked. */
  async function redeem(slug: string, settings: SingleSignOn, flow: SignOnFlow, answer: ProviderAnswer) {
    const { authorizationCodeGrant, fetchUserInfo } = await openId();
    const provider = await providerOf(settings);
    const url = new URL(redirectUri(publicOrigin(), slug));
    for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
    const verifier = sealer.open(flowPlace(flow.stateHash), flow.verifier);
    if (verifier === null) throw new SignOnError('flow-ended');
    try {
      const tokens = await authorizationCodeGrant(provider, url, {
        pkceCodeVerifier: verifier,
        expectedNonce: flow.nonce,
        expectedState: answer.state ?? '',
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('an ID token without claims');
      const hasEmail = typeof claims.email === 'string';
      const canAsk = provider.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasEmail || !canAsk ? {} : await fetchUserInfo(provider, tokens.access_token, claims.sub);
      return personOf({ ...more, ...claims });
    } catch (error) {
      if (error instanceof SignOnError) throw error;
      log.warn({ err: error, tenantId: settings.tenantId }, "an identity provider's answer was refused");
      throw new SignOnError('provider-answer', { cause: error });
    }
  }

  async function assertUsable(userId: string, tenantId: string): Promise<void> {
    const { rows } = await db.platform.query<{ usable: boolean; demo: boolean }>(
      `select u.status = 'active' and m.status = 'active' as usable, u.demo
         from core.users u join core.memberships m on m.user_id = u.id and m.tenant_id = $2 where u.id = $1`,
      [userId, tenantId],
    );
    const [row] = rows;
    if (row?.usable !== true || (row.demo && !config.demo)) throw new SignOnError('account-inactive');
  }

  return {
    /** Where to send the browser, and the secret it keeps until it is back. */
    async start(slug: string, returnTo: string | undefined): Promise<{ location: string; browser: string }> {
      const settings = await settingsOf(slug);
      const provider = await providerOf(settings);
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
        await openId();
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const browser = randomBytes(32).toString('base64url');
      const stateHash = hashOf(state);
      const at = now();
      await db.asPlatform((models) =>
        models.SignOnFlow.create({
          stateHash,
          tenantId: settings.tenantId,
          browserHash: hashOf(browser),
          nonce,
          verifier: sealer.seal(flowPlace(stateHash), verifier),
          returnTo: safeReturnPath(returnTo),
          createdAt: at,
          expiresAt: new Date(at.getTime() + FLOW_MS),
        }),
      );
      const location = buildAuthorizationUrl(provider, {
        redirect_uri: redirectUri(publicOrigin(), slug),
        scope: 'openid email profile',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { location: location.href, browser };
    },

    /** `browser`: what the browser kept. Resolves with the session and the page to go on with. */
    async finish(
      slug: string,
      answer: ProviderAnswer,
      browser: string | undefined,
      client: Client,
      requestId: string,
    ): Promise<{ signedIn: SignedInWithMemberships; returnTo: string }> {
      const settings = await settingsOf(slug);
      const { tenantId } = settings;
      const flow = await takeFlow(answer.state ?? '', tenantId, browser);
      if (answer.error !== undefined) throw new SignOnError('provider-refused');
      const person = await redeem(slug, settings, flow, answer);
      const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ...client }, requestId };
      const { userId, joined } = await db.asPlatform((models) => linkPerson(models, settings, person, trace, now()));
      if (joined) await changes.announce('membership', { userId, tenantId });
      await assertUsable(userId, tenantId);
      try {
        const signedIn = await begin({ userId, tenantIds: [tenantId], amr: ['sso'] }, client, requestId);
        return { signedIn, returnTo: flow.returnTo };
      } catch (error) {
        if (error instanceof ApiError && error.reason === 'tenant-suspended') throw new SignOnError('tenant-suspended');
        throw error;
      }
    },
  };
}

export type SignOn = ReturnType<typeof createSignOn>;

function personOf(claims: Partial<IDToken>): ExternalPerson {
  const { sub, email, email_verified: verified, name } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT) throw new SignOnError('provider-answer');
  return {
    subject: sub,
    email: typeof email === 'string' ? email : null,
    emailVerified: verified === true,
    name: typeof name === 'string' ? name : null,
  };
}
