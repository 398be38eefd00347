import { conflict, invalidField, type Problem } from '@bazaar/sdk';
import type { Ctx, Input, Output, TableRow } from '../context.ts';
import { refuseTakenReference } from './create.ts';
import { withDefaults } from './defaults.ts';
import { changedFields, derivedColumns, type JobFields, tidy } from './fields.ts';
import { dayAfter } from './lifecycle.ts';
import { jobRow } from './read.ts';
import { refuseUnpublishable, refuseWrongFields } from './rules.ts';
import { slugify, slugSuffix } from './slug.ts';

type State = Output<'jobs.update'>;

/** What a candidate is measured against: a change of these is told to other plugins. */
const REQUIREMENTS = [
  'requiredSkills',
  'preferredSkills',
  'minYearsExperience',
  'maxYearsExperience',
  'experienceLevel',
  'educationLevel',
  'requiredLicences',
  'requiredCertifications',
] as const satisfies readonly (keyof JobFields)[];

function stale(): Problem {
  return conflict(
    'stale-revision',
    'Someone else has changed this job since you opened it. Reload to see what they did, then make your change again.',
  );
}

/** Reads a job that is about to be changed; refuses when the caller has seen an older revision. */
export async function jobToChange(
  ctx: Ctx,
  { id, revision }: { id: string; revision?: number },
): Promise<TableRow<'jobs'>> {
  const row = await jobRow(ctx, id);
  if (revision !== undefined && revision !== row.revision) throw stale();
  return row;
}

/** Writes to the very revision that was read; a change made meanwhile by someone else is a conflict. */
export async function saveJob(
  ctx: Ctx,
  row: TableRow<'jobs'>,
  set: Partial<Omit<TableRow<'jobs'>, 'id' | 'revision'>>,
): Promise<State> {
  const [saved] = await ctx.db.jobs.update(
    { id: row.id, revision: row.revision },
    { ...set, revision: row.revision + 1, updatedAt: new Date().toISOString() },
  );
  if (!saved) throw stale();
  const { id, slug, status, revision, updatedAt } = saved;
  return { id, slug, status: status as State['status'], revision, updatedAt };
}

/** The address follows the title until the job has been public; one that was chosen must be free. */
async function nextSlug(ctx: Ctx, row: TableRow<'jobs'>, chosen: string | undefined, title: string): Promise<string> {
  const follows = row.publishedAt === null && title !== row.title && row.slug.startsWith(slugify(row.title));
  const wanted = chosen ?? (follows ? slugify(title) : row.slug);
  if (wanted === row.slug || (await ctx.db.jobs.count({ slug: wanted, id: { ne: row.id } })) === 0) return wanted;
  if (chosen !== undefined) throw invalidField('/slug', 'Another job has this address.');
  return `${wanted}-${slugSuffix()}`;
}

export async function updateJob(ctx: Ctx, input: Input<'jobs.update'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  const fields = await withDefaults(ctx, changedFields(row, tidy(input)));
  if (row.status === 'open') refuseUnpublishable(fields, dayAfter(0, new Date()));
  else refuseWrongFields(fields);
  if (fields.reference !== row.reference) await refuseTakenReference(ctx, fields.reference);
  const slug = await nextSlug(ctx, row, input.slug, fields.title);
  const state = await saveJob(ctx, row, { ...fields, ...derivedColumns(fields), slug });
  if (REQUIREMENTS.some((name) => JSON.stringify(fields[name]) !== JSON.stringify(row[name]))) {
    await ctx.events.emit('job.updated', { jobId: row.id });
  }
  return state;
}
