import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../errors/index.ts';
import { networkOf } from '../listener/index.ts';
import type { HttpMiddleware } from './context.ts';

const WINDOW_SECONDS = 10;

/** Limits one address to `perMinute` requests on average; 0 switches the limit off. Per node: it guards the node. */
export function rateLimit(perMinute: number): HttpMiddleware {
  if (perMinute === 0) return (_ctx, next) => next();
  const limiter = new RateLimiterMemory({
    points: Math.ceil((perMinute * WINDOW_SECONDS) / 60),
    duration: WINDOW_SECONDS,
  });
  return async (ctx, next) => {
    try {
      await limiter.consume(networkOf(ctx.ip));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new ApiError('rate-limited', `Too many requests from this address. Try again in ${seconds} s.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
    return next();
  };
}
