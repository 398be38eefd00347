import { type Keyset, pageOf, readCursor } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { containsPattern, searchWords } from '../search.ts';

type Jobs = Output<'jobs.list'>;
type Line = Jobs['items'][number];

const NEWEST: Keyset<'time'> = { name: 'jobs.newest', key: 'time', order: 'descending' };
const BY_TITLE: Keyset<'text'> = { name: 'jobs.title', key: 'text', order: 'ascending' };
const BY_APPLICATIONS: Keyset<'count'> = { name: 'jobs.applications', key: 'count', order: 'descending' };

/** A page of jobs: one query, which reads on from where the page before ended. */
export async function listJobs(ctx: Ctx, input: Input<'jobs.list'>): Promise<Jobs> {
  const { sort = 'newest', limit = 20, cursor } = input;
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
      const after = readCursor(NEWEST, cursor);
      const from = { afterCreatedAt: after.key, afterId: after.id };
      const isFiltered = Object.values(conditions).some((condition) => condition !== null);
      const rows = isFiltered
        ? await ctx.queries.searchJobs({ ...filter, ...from })
        : await ctx.queries.listJobs({ ...from, limit: limit + 1 });
      return pageOf(NEWEST, rows as Line[], limit, (row) => [row.createdAt, row.id]);
    }
    case 'title': {
      const after = readCursor(BY_TITLE, cursor);
      const rows = await ctx.queries.listJobsByTitle({ ...filter, afterTitle: after.key, afterId: after.id });
      return pageOf(BY_TITLE, rows as Line[], limit, (row) => [row.title, row.id]);
    }
    case 'applications': {
      const after = readCursor(BY_APPLICATIONS, cursor);
      const rows = await ctx.queries.listJobsByApplications({ ...filter, afterCount: after.key, afterId: after.id });
      return pageOf(BY_APPLICATIONS, rows as Line[], limit, (row) => [row.applicationCount, row.id]);
    }
  }
}
