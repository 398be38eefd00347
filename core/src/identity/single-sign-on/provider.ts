import { LRUCache } from 'lru-cache';
import type { ClientAuth, Configuration } from 'openid-client';
import type { SingleSignOn } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Log } from '../../logging/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import { type ProviderAccess, providerFetch, providerUrl } from './provider-fetch.ts';

/** How long what a provider says of itself is remembered; its keys are asked for anew when it signs with another. */
const REMEMBERED_MS = 10 * 60_000;
const MOST = 500;
const TIMEOUT_SECONDS = 10;

/** Loaded when a tenant first needs it. */
export const openId = () => import('openid-client');

/** Where a client secret is stored, for the sealer. */
export function secretPlace(tenantId: string): string {
  return `single-sign-on/${tenantId}`;
}

/** The tenants' identity providers, by what they say of themselves. */
export interface Providers {
  /** Rejects with `unavailable` (`provider-unavailable`) when the provider cannot be reached or is not one. */
  of(settings: SingleSignOn): Promise<Configuration>;
  /** Asks a provider anew, as when its settings are saved. */
  discover(issuer: string, clientId: string, secret: string): Promise<Configuration>;
}

export function createProviders(access: ProviderAccess, sealer: Sealer, log: Log): Providers {
  const known = new LRUCache<string, Configuration>({ max: MOST, ttl: REMEMBERED_MS });

  async function discover(issuer: string, clientId: string, secret: string): Promise<Configuration> {
    const {
      allowInsecureRequests,
      ClientSecretBasic,
      ClientSecretPost,
      customFetch,
      discovery,
      enableNonRepudiationChecks,
    } = await openId();
    const basic = ClientSecretBasic(secret);
    const post = ClientSecretPost(secret);
    const authenticate: ClientAuth = (server, client, body, headers) => {
      const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      (methods.includes('client_secret_basic') ? basic : post)(server, client, body, headers);
    };
    const url = providerUrl(issuer, access.privateTargets);
    try {
      const found = await discovery(url, clientId, { client_secret: secret }, authenticate, {
        // Which addresses may be asked, and how, is decided by our own fetch, for every one of them. Signatures are
        // checked although tokens come from the provider itself: it need not speak TLS in a private network.
        execute: [allowInsecureRequests, enableNonRepudiationChecks],
        [customFetch]: providerFetch(access),
        timeout: TIMEOUT_SECONDS,
      });
      const { authorization_endpoint: authorization, jwks_uri: keys } = found.serverMetadata();
      providerUrl(authorization ?? '', access.privateTargets);
      providerUrl(keys ?? '', access.privateTargets);
      return found;
    } catch (error) {
      log.warn({ err: error, issuer }, 'identity provider not usable');
      throw new ApiError('unavailable', 'The identity provider cannot be reached, or is none.', {
        reason: 'provider-unavailable',
        cause: error,
      });
    }
  }

  return {
    discover,
    async of({ tenantId, issuer, clientId, clientSecret, updatedAt }) {
      const key = `${tenantId}/${updatedAt.getTime()}`;
      const remembered = known.get(key);
      if (remembered) return remembered;
      const secret = sealer.open(secretPlace(tenantId), clientSecret);
      if (secret === null) {
        throw new ApiError('unavailable', 'The client secret cannot be read. Enter it again.', {
          reason: 'secret-unreadable',
        });
      }
      const found = await discover(issuer, clientId, secret);
      known.set(key, found);
      return found;
    },
  };
}
