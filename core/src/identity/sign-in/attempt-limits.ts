import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Sql } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';

export interface AttemptRule {
  /** Tells the counts of different things apart; part of what is stored. */
  name: string;
  windowSeconds: number;
  /** Attempts within the window; 0 switches the limit off. */
  most: number;
  /** What `take` says when there were too many: a sentence, and a reason. */
  refusal?: { what: string; reason: string };
}

/** Counts attempts in the database, so that every node and the next start know of them. */
export interface AttemptLimit {
  /** Counts one; rejects with `rate-limited` when there were too many. */
  take(key: string): Promise<void>;
  /** What was taken was none after all. */
  giveBack(key: string): Promise<void>;
  /** Counts one that turned out badly, and refuses nothing. */
  count(key: string): Promise<void>;
  /** Milliseconds until there may be another one; 0 at once. */
  wait(key: string): Promise<number>;
  forget(key: string): Promise<void>;
}

const TOO_MANY = { what: 'Too many attempts.', reason: 'too-many-attempts' };

export function createAttemptLimit(sql: Sql, rule: AttemptRule): AttemptLimit {
  const { name, windowSeconds, most, refusal: told = TOO_MANY } = rule;
  if (most === 0) {
    return { take: nothing, giveBack: nothing, count: nothing, wait: async () => 0, forget: nothing };
  }
  const limiter = new RateLimiterPostgres({
    // Takes a pg client; all it asks of it is this one method.
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => sql.query(text, values) },
    storeType: 'client',
    schemaName: 'core',
    tableName: 'sign_in_failures',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points: most,
    duration: windowSeconds,
  });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw tooMany(told.what, refusal.msBeforeNext, told.reason);
      }
    },
    async giveBack(key) {
      await limiter.reward(key);
    },
    async count(key) {
      await limiter.penalty(key);
    },
    async wait(key) {
      const counted = await limiter.get(key);
      return counted !== null && counted.consumedPoints >= most ? counted.msBeforeNext : 0;
    },
    async forget(key) {
      await limiter.delete(key);
    },
  };
}

const nothing = async () => {};

/** The refusal after too many of something; `what` is a sentence. */
export function tooMany(what: string, waitMs: number, reason: string): ApiError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new ApiError('rate-limited', `${what} Try again in ${inWords(seconds)}.`, {
    reason,
    headers: { 'Retry-After': String(seconds) },
  });
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** What is counted under: hashed, since what people type into the e-mail field is sometimes their password. */
export function hashedKey(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
