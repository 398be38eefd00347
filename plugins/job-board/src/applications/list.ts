import { type Keyset, pageOf, readCursor } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { searchWords } from '../search.ts';

type Applications = Output<'applications.list'>;
type Line = Applications['items'][number];

export const NEWEST: Keyset<'time'> = { name: 'applications.newest', key: 'time', order: 'descending' };
const BY_SCORE: Keyset<'count'> = { name: 'applications.score', key: 'count', order: 'descending' };
/** Where applications without a score stand. */
const UNSCORED = -1;

/** A page of applications: one query, which reads on from where the page before ended. */
export async function listApplications(ctx: Ctx, input: Input<'applications.list'>): Promise<Applications> {
  const { sort = 'newest', limit = 20, cursor } = input;
  const filter = {
    jobId: input.jobId ?? null,
    candidateId: input.candidateId ?? null,
    status: input.status ?? null,
    active: input.active ?? null,
    words: searchWords(input.text),
    limit: limit + 1,
  };
  if (sort === 'score') {
    const after = readCursor(BY_SCORE, cursor);
    const rows = await ctx.queries.listApplicationsByScore({ ...filter, afterScore: after.key, afterId: after.id });
    return pageOf(BY_SCORE, rows as Line[], limit, (row) => [row.score ?? UNSCORED, row.id]);
  }
  const after = readCursor(NEWEST, cursor);
  const rows = await ctx.queries.listApplications({ ...filter, afterAppliedAt: after.key, afterId: after.id });
  return pageOf(NEWEST, rows as Line[], limit, (row) => [row.appliedAt, row.id]);
}
