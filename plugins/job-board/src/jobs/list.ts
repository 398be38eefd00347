import type { Ctx, Input, Output } from '../context.ts';
import { END_OF_TIME, FIRST_ID, isCount, isText, isTime, LAST_ID, readCursor, toPage } from '../cursor.ts';
import { containsPattern, searchWords } from '../search.ts';

type Jobs = Output<'jobs.list'>;
type Line = Jobs['items'][number];

const MOST = 2 ** 31 - 1;

/** A page of jobs: one query, which reads on from where the page before ended. */
export async function listJobs(ctx: Ctx, input: Input<'jobs.list'>): Promise<Jobs> {
  const { sort = 'newest', limit = 20, cursor } = input;
  const order = `jobs.${sort}`;
  const conditions = {
    status: input.status ?? null,
    employmentType: input.employmentType ?? null,
    location: containsPattern(input.location),
    words: searchWords(input.text),
  };
  // One more than asked for tells whether there is a next page.
  const filter = { ...conditions, limit: limit + 1 };
  switch (sort) {
    case 'newest': {
      const after = readCursor(order, cursor, { key: END_OF_TIME, id: LAST_ID }, isTime);
      const from = { afterCreatedAt: after.key, afterId: after.id };
      const isFiltered = Object.values(conditions).some((condition) => condition !== null);
      const rows = isFiltered
        ? await ctx.queries.searchJobs({ ...filter, ...from })
        : await ctx.queries.listJobs({ ...from, limit: limit + 1 });
      return toPage(rows as Line[], limit, order, (row) => row.createdAt);
    }
    case 'title': {
      const after = readCursor(order, cursor, { key: '', id: FIRST_ID }, isText);
      const rows = await ctx.queries.listJobsByTitle({ ...filter, afterTitle: after.key, afterId: after.id });
      return toPage(rows as Line[], limit, order, (row) => row.title);
    }
    case 'applications': {
      const after = readCursor(order, cursor, { key: MOST, id: LAST_ID }, isCount);
      const rows = await ctx.queries.listJobsByApplications({ ...filter, afterCount: after.key, afterId: after.id });
      return toPage(rows as Line[], limit, order, (row) => row.applicationCount);
    }
  }
}
