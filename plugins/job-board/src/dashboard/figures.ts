import { readCursor } from '@bazaar/sdk';
import { NEWEST } from '../applications/list.ts';
import type { Ctx, Output } from '../context.ts';

const DAYS = 7;
const LATEST = 5;

/** What the dashboard's widget shows. */
export async function dashboardFigures(ctx: Ctx): Promise<Output<'dashboard.figures'>> {
  const since = new Date(Date.now() - DAYS * 86_400_000).toISOString();
  const first = readCursor(NEWEST, undefined);
  const [[figures], latest] = await Promise.all([
    ctx.queries.dashboardFigures({ since }),
    ctx.queries.listApplications({
      jobId: null,
      candidateId: null,
      status: null,
      active: true,
      words: null,
      afterAppliedAt: first.key,
      afterId: first.id,
      limit: LATEST,
    }),
  ]);
  return {
    openJobs: figures?.openJobs ?? 0,
    draftJobs: figures?.draftJobs ?? 0,
    newApplications: figures?.newApplications ?? 0,
    waiting: figures?.waiting ?? 0,
    interviewing: figures?.interviewing ?? 0,
    offers: figures?.offers ?? 0,
    latest: latest.map(({ id, candidateName, jobTitle, score, appliedAt }) => ({
      id,
      candidateName,
      jobTitle,
      score,
      appliedAt,
    })),
  };
}
