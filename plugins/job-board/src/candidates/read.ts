import { notFound } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { END_OF_TIME, isTime, LAST_ID, readCursor, toPage } from '../cursor.ts';
import { searchWords } from '../search.ts';

type Candidates = Output<'candidates.list'>;
type Line = Candidates['items'][number];

const ORDER = 'candidates.newest';

export async function listCandidates(ctx: Ctx, input: Input<'candidates.list'>): Promise<Candidates> {
  const { limit = 20, cursor } = input;
  const after = readCursor(ORDER, cursor, { key: END_OF_TIME, id: LAST_ID }, isTime);
  const rows = await ctx.queries.listCandidates({
    words: searchWords(input.text),
    skill: input.skill ?? null,
    afterCreatedAt: after.key,
    afterId: after.id,
    limit: limit + 1,
  });
  return toPage(rows as Line[], limit, ORDER, (row) => row.createdAt);
}

export async function getCandidate(ctx: Ctx, { id }: Input<'candidates.get'>): Promise<Output<'candidates.get'>> {
  const [candidate, applications] = await Promise.all([
    ctx.db.candidates.findOne({ id }),
    ctx.queries.candidateApplications({ candidateId: id }),
  ]);
  if (!candidate) throw notFound('Candidate');
  const {
    searchText: _search,
    recruiterId: _recruiter,
    city: _city,
    region: _region,
    country: _country,
    ...known
  } = candidate;
  // The database guarantees the enumerations.
  return { ...known, applications } as Output<'candidates.get'>;
}
