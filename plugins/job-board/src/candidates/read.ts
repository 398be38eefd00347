import { type Keyset, notFound, pageOf, readCursor } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { searchWords } from '../search.ts';

type Candidates = Output<'candidates.list'>;
type Line = Candidates['items'][number];

const NEWEST: Keyset<'time'> = { name: 'candidates.newest', key: 'time', order: 'descending' };

export async function listCandidates(ctx: Ctx, input: Input<'candidates.list'>): Promise<Candidates> {
  const { limit = 20, cursor } = input;
  const after = readCursor(NEWEST, cursor);
  const rows = await ctx.queries.listCandidates({
    words: searchWords(input.text),
    skill: input.skill ?? null,
    afterCreatedAt: after.key,
    afterId: after.id,
    limit: limit + 1,
  });
  return pageOf(NEWEST, rows as Line[], limit, (row) => [row.createdAt, row.id]);
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
