import { conflict, type UploadedFile } from '@bazaar/sdk';
import type { Ctx, Input } from '../context.ts';
import { searchText } from '../search.ts';

/** An application as it comes in, whoever sends it. */
export interface Applicant {
  name: string;
  email: string;
  phone: string | null;
  headline: string | null;
  linkedinUrl: string | null;
  coverLetter: string | null;
  cv: UploadedFile | undefined;
  source: NonNullable<Input<'applications.create'>['source']>;
  referralCode: string | null;
  /** The person has agreed, just now, that the data is kept. */
  consent: boolean;
}

export interface Received {
  applicationId: string;
  candidateId: string;
}

/** Text of an optional field: what holds nothing but blanks counts as not given. */
export function given(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/**
 * Stores an application with its candidate and tells the other plugins. Refuses (`already-applied`) while the
 * candidate has an active one to the same job.
 */
export async function receiveApplication(ctx: Ctx, jobId: string, applicant: Applicant): Promise<Received> {
  const now = new Date().toISOString();
  const consentAt = applicant.consent ? now : null;
  const email = applicant.email.trim().toLowerCase();
  const [candidate] = await ctx.queries.saveApplicant({
    email,
    fullName: applicant.name.trim(),
    phone: applicant.phone,
    headline: applicant.headline,
    linkedinUrl: applicant.linkedinUrl,
    source: applicant.source,
    consentAt,
    searchText: searchText([applicant.name, email, applicant.headline]),
  });
  if (!candidate) throw new Error('the candidate was not stored');
  const [application] = await ctx.queries.insertApplication({
    jobId,
    candidateId: candidate.id,
    coverLetter: applicant.coverLetter,
    cvFileId: applicant.cv?.id ?? null,
    source: applicant.source,
    referralCode: applicant.referralCode,
    recruiterId: ctx.user?.id ?? null,
    consentAt,
  });
  if (!application) {
    throw conflict('already-applied', 'There is an application to this job from this e-mail address already.');
  }
  await ctx.queries.countApplication({ id: jobId });
  await ctx.db.applicationTimeline.insert({
    applicationId: application.id,
    kind: 'applied',
    toStatus: 'applied',
    changedBy: ctx.user?.id ?? null,
    changedByName: ctx.user?.name ?? null,
  });
  await ctx.events.emit('application.submitted', {
    applicationId: application.id,
    jobId,
    candidateId: candidate.id,
    candidateName: candidate.fullName,
    ...(applicant.cv && { cvFileId: applicant.cv.id }),
    submittedAt: application.appliedAt,
  });
  return { applicationId: application.id, candidateId: candidate.id };
}
