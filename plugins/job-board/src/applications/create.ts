import { conflict } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { jobRow } from '../jobs/read.ts';
import { given, receiveApplication } from './intake.ts';

/** A recruiter enters an application on behalf of a candidate, also to a job that is not (or no longer) public. */
export async function createApplication(
  ctx: Ctx,
  input: Input<'applications.create'>,
): Promise<Output<'applications.create'>> {
  const job = await jobRow(ctx, input.jobId);
  if (job.status === 'archived') throw conflict('wrong-status', 'The job is archived.');
  return receiveApplication(ctx, job.id, {
    name: input.name,
    email: input.email,
    phone: given(input.phone),
    headline: given(input.headline),
    linkedinUrl: null,
    coverLetter: given(input.coverLetter),
    cv: input.cv,
    source: input.source ?? 'recruiter',
    referralCode: null,
    consent: false,
  });
}
