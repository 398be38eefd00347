import type { Ctx, Output } from '../context.ts';
import { dayAfter } from './lifecycle.ts';

/**
 * Closes the open jobs whose deadline has passed. Visitors have not seen them since; this is for the lists of the
 * recruiters, for whom the search has ended.
 */
export async function closeExpiredJobs(ctx: Ctx): Promise<Output<'jobs.close-expired'>> {
  const now = new Date();
  const due = { now: now.toISOString(), today: dayAfter(0, now) };
  let closed = 0;
  let batch = await ctx.queries.closeExpiredJobs(due);
  while (batch.length > 0) {
    closed += batch.length;
    batch = await ctx.queries.closeExpiredJobs(due);
  }
  return { closed };
}
