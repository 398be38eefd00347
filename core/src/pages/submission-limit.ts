import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../listener/index.ts';

export interface SubmissionLimit {
  /** 0 when the submission may go ahead, or the seconds to wait. */
  secondsToWait(ip: string, tenantId: string): Promise<number>;
}

/** Limits how many forms one address may send to one tenant. Per node: it guards against floods, not for quotas. */
export function createSubmissionLimit(points: number, minutes: number): SubmissionLimit {
  const limiter = new RateLimiterMemory({ points, duration: minutes * 60 });
  return {
    async secondsToWait(ip, tenantId) {
      try {
        await limiter.consume(`${tenantId} ${networkOf(ip)}`);
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      }
    },
  };
}
