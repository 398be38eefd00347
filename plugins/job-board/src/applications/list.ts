import type { Ctx, Input, Output } from '../context.ts';
import { END_OF_TIME, isCount, isTime, LAST_ID, readCursor, toPage } from '../cursor.ts';
import { searchWords } from '../search.ts';

type Applications = Output<'applications.list'>;
type Line = Applications['items'][number];

/** Above every score there is. */
const ABOVE_ALL = 101;
/** Where applications without a score stand. */
const UNSCORED = -1;

/** A page of applications: one query, which reads on from where the page before ended. */
export async function listApplications(ctx: Ctx, input: Input<'applications.list'>): Promise<Applications> {
  const { sort = 'newest', limit = 20, cursor } = input;
  const order = `applications.${sort}`;
  const filter = {
    jobId: input.jobId ?? null,
    candidateId: input.candidateId ?? null,
    status: input.status ?? null,
    active: input.active ?? null,
    words: searchWords(input.text),
    limit: limit + 1,
  };
  if (sort === 'score') {
    const after = readCursor(order, cursor, { key: ABOVE_ALL, id: LAST_ID }, isCount);
    const rows = await ctx.queries.listApplicationsByScore({ ...filter, afterScore: after.key, afterId: after.id });
    return toPage(rows as Line[], limit, order, (row) => row.score ?? UNSCORED);
  }
  const after = readCursor(order, cursor, { key: END_OF_TIME, id: LAST_ID }, isTime);
  const rows = await ctx.queries.listApplications({ ...filter, afterAppliedAt: after.key, afterId: after.id });
  return toPage(rows as Line[], limit, order, (row) => row.appliedAt);
}
