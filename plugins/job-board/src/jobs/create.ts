import { conflict, invalidField } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { withDefaults } from './defaults.ts';
import { derivedColumns, newFields, tidy } from './fields.ts';
import type { JobStatus } from './lifecycle.ts';
import { refuseWrongFields } from './rules.ts';
import { slugify, slugSuffix } from './slug.ts';

export async function refuseTakenReference(ctx: Ctx, reference: string | null | undefined): Promise<void> {
  if (!reference) return;
  if ((await ctx.db.jobs.count({ reference })) > 0) {
    throw invalidField('/reference', 'Another job has this number.');
  }
}

/** Somebody may take the address between the look and the insert; the next attempt sees it. */
const ATTEMPTS = 3;

/** A new draft: one insert, unless the job carries a number of the agency that must be looked up first. */
export async function createJob(ctx: Ctx, input: Input<'jobs.create'>): Promise<Output<'jobs.create'>> {
  const fields = await withDefaults(ctx, newFields(tidy(input)));
  refuseWrongFields(fields);
  await refuseTakenReference(ctx, fields.reference);
  const row = {
    ...fields,
    ...derivedColumns(fields),
    slug: input.slug ?? slugify(fields.title),
    createdBy: ctx.user?.id ?? null,
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [stored] = await ctx.queries.insertJob({ ...row, suffix: slugSuffix() });
    if (stored) return { ...stored, status: stored.status as JobStatus };
  }
  throw conflict('slug-taken', 'Another job took this address just now. Please try again.');
}
