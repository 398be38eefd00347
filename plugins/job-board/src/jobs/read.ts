import { notFound } from '@bazaar/sdk';
import type { Ctx, Input, Output, TableRow } from '../context.ts';
import { searchWords } from '../search.ts';
import { readPlaces } from './location.ts';

/** The row of a job, or `not-found`. */
export async function jobRow(ctx: Ctx, id: string): Promise<TableRow<'jobs'>> {
  const row = await ctx.db.jobs.findOne({ id });
  if (!row) throw notFound('Job');
  return row;
}

export async function getJob(ctx: Ctx, { id }: Input<'jobs.get'>): Promise<Output<'jobs.get'>> {
  const { searchText: _search, createdBy: _creator, externalId: _external, ...row } = await jobRow(ctx, id);
  const job = {
    ...row,
    furtherLocations: readPlaces(row.furtherLocations),
    publicPath: `/t/${ctx.tenant.slug}/jobs/${row.slug}`,
  };
  // The database guarantees the enumerations.
  return job as Output<'jobs.get'>;
}

export async function jobOptions(ctx: Ctx, input: Input<'jobs.options'>): Promise<Output<'jobs.options'>> {
  const rows = await ctx.queries.jobOptions({ words: searchWords(input.query) });
  return { items: rows as Output<'jobs.options'>['items'] };
}

export async function jobRequirements(
  ctx: Ctx,
  { id }: Input<'jobs.requirements'>,
): Promise<Output<'jobs.requirements'>> {
  const row = await jobRow(ctx, id);
  const requirements = {
    id: row.id,
    title: row.title,
    status: row.status,
    requiredSkills: row.requiredSkills,
    preferredSkills: row.preferredSkills,
    minYearsExperience: row.minYearsExperience,
    maxYearsExperience: row.maxYearsExperience,
    experienceLevel: row.experienceLevel,
    educationLevel: row.educationLevel,
    requiredLicences: row.requiredLicences,
    requiredCertifications: row.requiredCertifications,
  };
  return requirements as Output<'jobs.requirements'>;
}
