import { invalidField, type Keyset, notFound, pageOf, readCursor } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { analysisOf, compareStored } from './compare.ts';
import { jobRequirements } from './requirements.ts';

const OPTIONS = 'job-board.jobs.options';
const APPLICATION = 'job-board.applications.get';

const BEST: Keyset<'count'> = { name: 'analyses.ranking', key: 'count', order: 'descending' };
/** Where analyses without a score stand. */
const UNSCORED = -1;

export async function createAnalysis(ctx: Ctx, input: Input<'analyses.create'>): Promise<Output<'analyses.create'>> {
  const { documentId, jobId } = input;
  const requirements = await jobRequirements(ctx, jobId);
  if (!requirements) throw invalidField('/jobId', 'There is no such job.');
  if ((await ctx.db.documents.count({ id: documentId })) === 0) throw notFound('CV');
  return compareStored(ctx, documentId, jobId, requirements);
}

export async function getAnalysis(ctx: Ctx, { id }: Input<'analyses.get'>): Promise<Output<'analyses.get'>> {
  const row = await ctx.db.analyses.findOne({ id });
  if (!row) throw notFound('Analysis');
  return analysisOf(row);
}

export async function ranking(ctx: Ctx, input: Input<'analyses.ranking'>): Promise<Output<'analyses.ranking'>> {
  const { jobId, limit = 20, cursor } = input;
  const after = readCursor(BEST, cursor);
  const rows = await ctx.queries.ranking({ jobId, limit: limit + 1, afterScore: after.key, afterId: after.id });
  if (rows.length === 0 && cursor === undefined && !(await jobRequirements(ctx, jobId))) throw notFound('Job');
  const lines = rows as Output<'analyses.ranking'>['items'];
  return pageOf(BEST, lines, limit, (line) => [line.score ?? UNSCORED, line.analysisId]);
}

export async function applicationAnalysis(
  ctx: Ctx,
  { applicationId }: Input<'applications.analysis'>,
): Promise<Output<'applications.analysis'>> {
  const document = await ctx.db.documents.findOne({ applicationId });
  if (!document) {
    if (!(await applicationExists(ctx, applicationId))) throw notFound('Application');
    return { status: 'none', failureMessage: null, analysis: null };
  }
  const [row] = document.jobId
    ? await ctx.db.analyses.find({
        where: { documentId: document.id, jobId: document.jobId, isLatest: true },
        limit: 1,
      })
    : [];
  return {
    status: document.status as 'queued' | 'parsed' | 'failed',
    failureMessage: document.failureMessage,
    analysis: row ? analysisOf(row) : null,
  };
}

/** Whether the job board shows this application to the person; without a job board there is none. */
async function applicationExists(ctx: Ctx, id: string): Promise<boolean> {
  if (!(await ctx.actions.available(APPLICATION))) return false;
  try {
    await ctx.actions.call(APPLICATION, { id });
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'not-found' || code === 'forbidden') return false;
    throw error;
  }
}

/** Jobs to compare with; none when the job board is not there. */
export async function jobOptions(ctx: Ctx, { query }: Input<'jobs.options'>): Promise<Output<'jobs.options'>> {
  if (!(await ctx.actions.available(OPTIONS))) return { available: false, items: [] };
  const { items } = await ctx.actions.call(OPTIONS, query === undefined ? {} : { query });
  return { available: true, items };
}
