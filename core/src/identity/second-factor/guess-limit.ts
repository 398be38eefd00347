import type { Sql } from '../../data/index.ts';
import { createAttemptLimit, tooMany } from '../attempt-limits.ts';

/** Wrong answers for one account, from wherever they come, before it has to wait. */
const RULE = { name: 'second-factor', windowSeconds: 900, most: 20 };

/** Counts wrong second factors of an account in the database, across challenges, addresses and nodes. */
export interface GuessLimit {
  /** Rejects with `rate-limited` while there were too many. */
  check(userId: string): Promise<void>;
  failed(userId: string): Promise<void>;
  forget(userId: string): Promise<void>;
}

export function createGuessLimit(sql: Sql): GuessLimit {
  const limit = createAttemptLimit(sql, RULE);
  return {
    async check(userId) {
      const wait = await limit.wait(userId);
      if (wait > 0) throw tooMany('Too many wrong codes.', wait, 'second-factor-failures');
    },
    failed: limit.count,
    forget: limit.forget,
  };
}
