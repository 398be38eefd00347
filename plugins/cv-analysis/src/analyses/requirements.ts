import type { Ctx } from '../context.ts';
import type { Requirements } from '../match/index.ts';

const ACTION = 'job-board.jobs.requirements';

/**
 * What a job asks for, as the job board knows it now; `null` when there is no such job or no job board to ask.
 * Makes its call before any of our own statements, so that no transaction waits for another plugin.
 */
export async function jobRequirements(ctx: Ctx, jobId: string): Promise<Requirements | null> {
  if (!(await ctx.actions.available(ACTION))) return null;
  try {
    return await ctx.actions.call(ACTION, { id: jobId });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'not-found') return null;
    throw error;
  }
}
