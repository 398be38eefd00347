import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Sql } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';

/** Wrong answers for one account, from wherever they come, before it has to wait. */
const MOST = 20;
const WINDOW_SECONDS = 900;

/** Counts wrong second factors of an account in the database, across challenges, addresses and nodes. */
export interface GuessLimit {
  /** Rejects with `rate-limited` while there were too many. */
  check(userId: string): Promise<void>;
  failed(userId: string): Promise<void>;
}

export function createGuessLimit(sql: Sql): GuessLimit {
  const limiter = new RateLimiterPostgres({
    // Takes a pg client; all it asks of it is this one method.
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => sql.query(text, values) },
    storeType: 'client',
    schemaName: 'core',
    tableName: 'sign_in_failures',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: 'second-factor',
    points: MOST,
    duration: WINDOW_SECONDS,
  });
  return {
    async check(userId) {
      const counted = await limiter.get(userId);
      if (counted === null || counted.consumedPoints < MOST) return;
      const seconds = Math.ceil(counted.msBeforeNext / 1000);
      throw new ApiError('rate-limited', `Too many wrong codes. Try again in ${Math.ceil(seconds / 60)} minutes.`, {
        reason: 'second-factor-failures',
        headers: { 'Retry-After': String(seconds) },
      });
    },
    async failed(userId) {
      await limiter.penalty(userId);
    },
  };
}
