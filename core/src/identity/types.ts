import type { Manifest } from '@bazaar/sdk';
import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { Mailer } from '../mail/index.ts';
import type { Pictures } from '../pictures/index.ts';
import type { TierSeats } from '../tenancy/index.ts';
import type { ProviderAccess } from './single-sign-on/provider-fetch.ts';

/** All times in seconds. */
export interface IdentityConfig {
  /** At least 32 characters; the keys of tokens are derived from it. */
  secret: string;
  /** Demo accounts may sign in only in demo mode. */
  demo: boolean;
  accessTokenSeconds: number;
  refreshTokenSeconds: number;
  /** Whether visitors may make tenants of their own. */
  signUp: boolean;
  /** How many people a tenant may have that has booked no other number. */
  tierSeats: TierSeats;
  signInLimits: SignInLimitConfig;
  /** Requests per minute that one API key may make, on each node. */
  keyRequestsPerMinute: number;
}

export interface SignInLimitConfig {
  windowSeconds: number;
  /** Failures for one account from one address within the window; 0 switches the limit off. */
  failuresPerAccount: number;
  /** Failures for one account within the window, whatever the address; 0 switches the limit off. */
  failuresPerAccountAnywhere: number;
  /** Failures of sign-ins that name one tenant within the window; 0 switches the limit off. */
  failuresPerTenant: number;
  /** Failures from one address within the window, whatever the account; 0 switches the limit off. */
  failuresPerAddress: number;
}

export const DEFAULT_IDENTITY_CONFIG = {
  accessTokenSeconds: 900,
  refreshTokenSeconds: 7 * 86_400,
  signUp: true,
  tierSeats: { free: 25, basic: 50, pro: 200, enterprise: 1000 },
  keyRequestsPerMinute: 1200,
  signInLimits: {
    windowSeconds: 900,
    failuresPerAccount: 10,
    failuresPerAccountAnywhere: 100,
    failuresPerTenant: 1000,
    failuresPerAddress: 100,
  },
} as const;

export interface IdentityDependencies {
  db: Database;
  changes: Changes;
  /** The active plugins: they define permissions. */
  plugins: { all(): readonly { manifest: Manifest }[] };
  log: Log;
  now(): Date;
  /** Where browsers reach the platform, e.g. `https://work.acme.test`. */
  publicOrigin(): string;
  /** How the identity providers of tenants are reached. */
  providers: ProviderAccess;
  /** The TXT records of a name, each in its parts; rejects when there are none. */
  resolveTxt(name: string): Promise<string[][]>;
  mailer: Pick<Mailer, 'wake'>;
  pictures: Pick<Pictures, 'change'>;
  config: IdentityConfig;
}

/** Where a request comes from, as far as sessions remember it. */
export interface Client {
  ip: string;
  userAgent: string;
}

/** A tenant the person belongs to. */
export interface MembershipSummary {
  tenant: { id: string; slug: string; name: string };
  /** Names of roles. */
  roles: string[];
}
