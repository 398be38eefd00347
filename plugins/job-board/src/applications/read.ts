import { type FileDownload, notFound } from '@bazaar/sdk';
import type { Ctx, Input, Output, TableRow } from '../context.ts';
import { jobRow } from '../jobs/read.ts';
import { type ApplicationStatus, isActive, nextStatuses, PIPELINE } from './pipeline.ts';

/** The row of an application, or `not-found`. */
export async function applicationRow(ctx: Ctx, id: string): Promise<TableRow<'applications'>> {
  const row = await ctx.db.applications.findOne({ id });
  if (!row) throw notFound('Application');
  return row;
}

export async function getApplication(ctx: Ctx, { id }: Input<'applications.get'>): Promise<Output<'applications.get'>> {
  const [rows, timeline] = await Promise.all([
    ctx.queries.applicationDetail({ id }),
    ctx.db.applicationTimeline.find({ where: { applicationId: id }, order: ['at'], limit: 500 }),
  ]);
  const [row] = rows;
  if (!row) throw notFound('Application');
  const status = row.status as ApplicationStatus;
  const application = {
    id: row.id,
    status,
    nextStatuses: [...nextStatuses(status)],
    canReject: isActive(status),
    canWithdraw: isActive(status),
    coverLetter: row.coverLetter,
    source: row.source,
    referralCode: row.referralCode,
    rejectionReason: row.rejectionReason,
    rejectionFeedback: row.rejectionFeedback,
    score: row.score,
    scoreSummary: row.scoreSummary,
    matchedSkills: row.matchedSkills,
    missingSkills: row.missingSkills,
    scoredAt: row.scoredAt,
    cvFileId: row.cvFileId,
    consentAt: row.consentAt,
    appliedAt: row.appliedAt,
    updatedAt: row.updatedAt,
    job: { id: row.jobId, title: row.jobTitle, location: row.jobLocation, status: row.jobStatus },
    candidate: {
      id: row.candidateId,
      fullName: row.candidateName,
      email: row.candidateEmail,
      phone: row.candidatePhone,
      headline: row.candidateHeadline,
      location: row.candidateLocation,
    },
    timeline: timeline.map(({ id: entry, kind, fromStatus, toStatus, remarks, changedByName, at }) => ({
      id: entry,
      kind,
      fromStatus,
      toStatus,
      remarks,
      changedByName,
      at,
    })),
  };
  // The database guarantees the enumerations.
  return application as Output<'applications.get'>;
}

/** The kernel streams the file; only a file this plugin holds can be named here. */
export async function downloadCv(ctx: Ctx, { id }: Input<'applications.cv'>): Promise<FileDownload> {
  const { cvFileId } = await applicationRow(ctx, id);
  if (cvFileId === null) throw notFound('CV');
  return { fileId: cvFileId };
}

export async function jobPipeline(ctx: Ctx, { id }: Input<'jobs.pipeline'>): Promise<Output<'jobs.pipeline'>> {
  const [counts] = await Promise.all([ctx.queries.pipelineCounts({ jobId: id }), jobRow(ctx, id)]);
  const byStatus = new Map(counts.map((row) => [row.status, row.applications ?? 0]));
  const statuses = [...PIPELINE, 'rejected' as const, 'withdrawn' as const].map((status) => ({
    status,
    applications: byStatus.get(status) ?? 0,
  }));
  return { statuses, total: statuses.reduce((sum, { applications }) => sum + applications, 0) };
}
