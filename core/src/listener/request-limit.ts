import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../errors/index.ts';
import { networkOf } from './network-of.ts';

const WINDOW_SECONDS = 10;

/** Counts a request of an address; rejects with `rate-limited` when it has made too many. */
export type RequestLimit = (ip: string) => Promise<void>;

/** Limits one address to `perMinute` requests on average; 0 switches the limit off. Per node: it guards the node. */
export function createRequestLimit(perMinute: number): RequestLimit {
  if (perMinute === 0) return async () => undefined;
  const limiter = new RateLimiterMemory({
    points: Math.ceil((perMinute * WINDOW_SECONDS) / 60),
    duration: WINDOW_SECONDS,
  });
  return async (ip) => {
    try {
      await limiter.consume(networkOf(ip));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new ApiError('rate-limited', `Too many requests from this address. Try again in ${seconds} s.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
  };
}
