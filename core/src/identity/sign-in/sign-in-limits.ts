import type { Sql } from '../../data/index.ts';
import { networkOf } from '../../listener/index.ts';
import type { SignInLimitConfig } from '../types.ts';
import { createAttemptLimit, hashedKey, tooMany } from './attempt-limits.ts';

/** Where a sign-in is tried. */
export interface SignInAttempt {
  email: string;
  ip: string;
  /** Short name of the tenant, when one was given. */
  tenant?: string | undefined;
}

/** Counts failed sign-ins: of an account from one address, of an account, of an address, of a tenant. */
export interface SignInLimits {
  /** Rejects with `rate-limited` while there were too many failures. */
  check(attempt: SignInAttempt): Promise<void>;
  failed(attempt: SignInAttempt): Promise<void>;
  /** Forgets the account's failures from this address; those of others, and of the address, remain. */
  succeeded(attempt: SignInAttempt): Promise<void>;
  /** Forgets all failures of an account, wherever they came from. Tells whether there were any. */
  unlock(email: string): Promise<boolean>;
  /** Forgets all failures from an address. Tells whether there were any. */
  unlockAddress(ip: string): Promise<boolean>;
}

const ACCOUNT = 'account';
const ACCOUNT_ANYWHERE = 'account-anywhere';
const ADDRESS = 'address';

const addressKey = (ip: string) => networkOf(ip).slice(0, 100);

export function createSignInLimits(config: SignInLimitConfig, sql: Sql): SignInLimits {
  const { windowSeconds } = config;
  const limit = (name: string, most: number) => createAttemptLimit(sql, { name, windowSeconds, most });
  const perAccount = limit(ACCOUNT, config.failuresPerAccount);
  const counted = [
    { limit: perAccount, keyOf: ({ email, ip }: SignInAttempt) => `${hashedKey(email)}.${hashedKey(networkOf(ip))}` },
    {
      limit: limit(ACCOUNT_ANYWHERE, config.failuresPerAccountAnywhere),
      keyOf: ({ email }: SignInAttempt) => hashedKey(email),
    },
    {
      limit: limit(ADDRESS, config.failuresPerAddress),
      keyOf: ({ ip }: SignInAttempt) => addressKey(ip),
    },
    {
      limit: limit('tenant', config.failuresPerTenant),
      keyOf: ({ tenant }: SignInAttempt) => (tenant === undefined ? null : hashedKey(tenant)),
    },
  ];
  const keysOf = (attempt: SignInAttempt) =>
    counted.flatMap(({ limit: one, keyOf }) => {
      const key = keyOf(attempt);
      return key === null ? [] : [{ limit: one, key }];
    });

  return {
    async check(attempt) {
      const waits = await Promise.all(keysOf(attempt).map(({ limit: one, key }) => one.wait(key)));
      const longest = Math.max(0, ...waits);
      if (longest > 0) throw tooMany('Too many failed sign-ins.', longest, 'sign-in-failures');
    },
    async failed(attempt) {
      await Promise.all(keysOf(attempt).map(({ limit: one, key }) => one.count(key)));
    },
    async succeeded(attempt) {
      const [own] = keysOf(attempt);
      if (own) await own.limit.forget(own.key);
    },
    async unlock(email) {
      const account = hashedKey(email);
      // No character of a hash means anything to `like`, but `_` does: it is one of base64url's.
      const anywhere = `${ACCOUNT}:${account.replaceAll('_', '\\_')}.%`;
      const { rowCount } = await sql.query('delete from core.sign_in_failures where key = $1 or key like $2', [
        `${ACCOUNT_ANYWHERE}:${account}`,
        anywhere,
      ]);
      return rowCount > 0;
    },
    async unlockAddress(ip) {
      const key = `${ADDRESS}:${addressKey(ip)}`;
      const { rowCount } = await sql.query('delete from core.sign_in_failures where key = $1', [key]);
      return rowCount > 0;
    },
  };
}
