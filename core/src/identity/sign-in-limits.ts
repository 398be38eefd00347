import { createHash } from 'node:crypto';
import { RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Sql } from '../data/index.ts';
import { ApiError } from '../errors/index.ts';
import { networkOf } from './address.ts';
import type { SignInLimitConfig } from './types.ts';

/** Counts failed sign-ins in the database, so that every node and the next start know of them. */
export interface SignInLimits {
  /** Rejects with `rate-limited` while there were too many failures. */
  check(email: string, ip: string): Promise<void>;
  failed(email: string, ip: string): Promise<void>;
  /** Forgets the account's failures from this address; those of the address remain. */
  succeeded(email: string, ip: string): Promise<void>;
}

export function createSignInLimits(config: SignInLimitConfig, sql: Sql): SignInLimits {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      // Takes a pg client; all it asks of it is this one method.
      storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => sql.query(text, values) },
      storeType: 'client',
      schemaName: 'core',
      tableName: 'sign_in_failures',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: config.windowSeconds,
    });
  const limits = [
    { limiter: limiter('account', config.failuresPerAccount), most: config.failuresPerAccount, keyOf: accountKey },
    { limiter: limiter('address', config.failuresPerAddress), most: config.failuresPerAddress, keyOf: addressKey },
  ].filter(({ most }) => most > 0);

  return {
    async check(email, ip) {
      const found = await Promise.all(limits.map(({ limiter: one, keyOf }) => one.get(keyOf(email, ip))));
      const waits = found.map((counted, index) => waitOf(counted, limits[index]?.most ?? 0));
      const seconds = Math.ceil(Math.max(0, ...waits) / 1000);
      if (seconds === 0) return;
      throw new ApiError('rate-limited', `Too many failed sign-ins. Try again in ${inWords(seconds)}.`, {
        reason: 'sign-in-failures',
        headers: { 'Retry-After': String(seconds) },
      });
    },
    async failed(email, ip) {
      await Promise.all(limits.map(({ limiter: one, keyOf }) => one.penalty(keyOf(email, ip))));
    },
    async succeeded(email, ip) {
      await Promise.all(
        limits
          .filter(({ keyOf }) => keyOf === accountKey)
          .map(({ limiter: one, keyOf }) => one.delete(keyOf(email, ip))),
      );
    },
  };
}

function waitOf(counted: RateLimiterRes | null, most: number): number {
  return counted !== null && counted.consumedPoints >= most ? counted.msBeforeNext : 0;
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Hashed: what people type into the e-mail field is sometimes their password. */
function accountKey(email: string, ip: string): string {
  return createHash('sha256')
    .update(`${email}\n${networkOf(ip)}`)
    .digest('base64url');
}

function addressKey(_email: string, ip: string): string {
  return networkOf(ip).slice(0, 100);
}
