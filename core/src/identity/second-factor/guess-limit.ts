import type { Sql } from '../../data/index.ts';
import { createAttemptLimit } from '../sign-in/attempt-limits.ts';

/** Wrong answers for one account, from wherever they come, before it has to wait. */
const RULE = {
  name: 'second-factor',
  windowSeconds: 900,
  most: 20,
  refusal: { what: 'Too many wrong codes.', reason: 'second-factor-failures' },
};

/** Counts wrong second factors of an account in the database, across challenges, addresses and nodes. */
export interface GuessLimit {
  /**
   * What `work` finds of an answer; `null` or `false` when it is wrong. Rejects with `rate-limited` while there were too
   * many of those. Each counts as wrong until it has been found right: of many at once none gets past the limit.
   */
  judge<Verdict>(userId: string, work: () => Promise<Verdict>): Promise<Verdict>;
  forget(userId: string): Promise<void>;
}

export function createGuessLimit(sql: Sql): GuessLimit {
  const limit = createAttemptLimit(sql, RULE);
  return {
    async judge(userId, work) {
      await limit.take(userId);
      let isWrong = false;
      try {
        const verdict = await work();
        isWrong = verdict === null || verdict === false;
        return verdict;
      } finally {
        if (!isWrong) await limit.giveBack(userId);
      }
    },
    forget: limit.forget,
  };
}
