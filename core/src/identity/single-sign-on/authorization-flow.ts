import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Configuration, IDToken } from 'openid-client';
import type { SignOnFlow, SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import type { IdentityDependencies } from '../types.ts';
import { SignOnError } from './failure.ts';
import type { ExternalPerson } from './link-person.ts';
import { openId, type Providers } from './provider.ts';
import { safeReturnPath } from './return-path.ts';

/** How long people may take at their provider. */
const FLOW_MS = 10 * 60_000;
/** A subject is at most this long, by the specification. */
const MAX_SUBJECT = 255;

/** What the browser keeps while it is away, in seconds. */
export const FLOW_SECONDS = FLOW_MS / 1000;

/** The answer of a provider: the query with which it sent the browser back. */
export type ProviderAnswer = Readonly<Record<string, string>>;

/** What the flow is for; somebody who is signed in already begins it in a session of theirs. */
export type FlowPurpose = { purpose: 'sign-in' } | { purpose: 'connect' | 'prove'; userId: string; sessionId: string };

/** Where to send the browser, and the secret that it keeps until it comes back. */
export interface AuthorizationRequest {
  location: string;
  browser: string;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const flowPlace = (stateHash: Buffer): string => `sign-on-flow/${stateHash.toString('base64url')}`;

/** Where a tenant's provider sends the browser back to: an address of its own, so that no provider answers for another. */
export function redirectUri(origin: string, slug: string): string {
  return `${origin}/api/auth/oidc/${slug}/callback`;
}

/** The authorization code flow with a tenant's OpenID provider: there and back. Rejects with `SignOnError`. */
export function createAuthorizationFlow(
  { db, now, log, publicOrigin }: Pick<IdentityDependencies, 'db' | 'now' | 'log' | 'publicOrigin'>,
  { providers, sealer }: { providers: Providers; sealer: Sealer },
) {
  async function providerOf(settings: SingleSignOn): Promise<Configuration> {
    try {
      return await providers.of(settings);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new SignOnError('provider-unavailable', { cause: error });
    }
  }

  return {
    /** Nobody learns from this whether a tenant exists. */
    async settingsOf(slug: string): Promise<SingleSignOn> {
      const found = await db.asPlatform(async (models) => {
        const tenant = await models.Tenant.findOne({ where: { slug } });
        return tenant && models.SingleSignOn.findOne({ where: { tenantId: tenant.id, enabled: true } });
      });
      if (!found) throw new SignOnError('not-configured');
      return found;
    },

    async begin(
      slug: string,
      settings: SingleSignOn,
      returnTo: string | undefined,
      wanted: FlowPurpose,
    ): Promise<AuthorizationRequest> {
      const provider = await providerOf(settings);
      const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
        await openId();
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const browser = randomBytes(32).toString('base64url');
      const stateHash = hashOf(state);
      const at = now();
      await db.asPlatform((models) =>
        models.SignOnFlow.create({
          ...wanted,
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
        // That somebody is signed in there proves nothing new; a provider that is asked for an age also tells it.
        ...(wanted.purpose === 'prove' ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { location: location.href, browser };
    },

    /** Uses the flow up, whatever becomes of it. */
    async takeFlow(state: string, tenantId: string, browser: string | undefined): Promise<SignOnFlow> {
      const flow = await db.asPlatform(async (models) => {
        const found = await models.SignOnFlow.findOne({ where: { stateHash: hashOf(state), tenantId }, lock: true });
        await found?.destroy();
        return found;
      });
      const fits = flow !== null && browser !== undefined && timingSafeEqual(flow.browserHash, hashOf(browser));
      if (!fits || flow.expiresAt <= now()) throw new SignOnError('flow-ended');
      return flow;
    },

    /** What the provider says of the person, once everything about its answer has been checked. */
    async redeem(
      slug: string,
      settings: SingleSignOn,
      flow: SignOnFlow,
      answer: ProviderAnswer,
    ): Promise<ExternalPerson> {
      if (answer.error !== undefined) throw new SignOnError('provider-refused');
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
    },
  };
}

export type AuthorizationFlow = ReturnType<typeof createAuthorizationFlow>;

function personOf(claims: Partial<IDToken>): ExternalPerson {
  const { sub, email, email_verified: verified, name, auth_time: authenticated } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT) throw new SignOnError('provider-answer');
  return {
    subject: sub,
    email: typeof email === 'string' ? email : null,
    emailVerified: verified === true,
    name: typeof name === 'string' ? name : null,
    authenticatedAt: typeof authenticated === 'number' ? new Date(authenticated * 1000) : null,
  };
}
