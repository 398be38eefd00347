import type { DeliveredEvent } from '@bazaar/sdk';
import { compare } from '../analyses/compare.ts';
import { jobRequirements } from '../analyses/requirements.ts';
import type { Ctx, TableRow } from '../context.ts';
import type { Contract } from '../contract.generated.ts';
import type { Requirements } from '../match/index.ts';
import { type Reading, readDocument } from './read-document.ts';
import { storeFailed, storeParsed } from './store-reading.ts';

type Event<Name extends keyof Contract['subscriptions']> = DeliveredEvent<Contract['subscriptions'][Name]>;
type Document = TableRow<'documents'>;

/** Keeps the outcome of a reading and, where there is a job to compare with, the comparison. */
async function finish(ctx: Ctx, document: Document, reading: Reading, job: Requirements | null): Promise<void> {
  if (reading.failure) {
    await storeFailed(ctx, document, reading.failure);
    return;
  }
  const { data, lines } = reading.cv;
  await storeParsed(ctx, document, reading.cv);
  const { jobId, applicationId, id: documentId } = document;
  const analysis = job && jobId ? await compare(ctx, { documentId, data, lines }, jobId, job) : null;
  const score = analysis?.score ?? null;
  await ctx.events.emit('document.parsed', { documentId, candidateName: data.contact.name, score });
  if (!analysis || score === null || !jobId || !applicationId) return;
  await ctx.events.emit('application.scored', {
    applicationId,
    jobId,
    documentId,
    score,
    matched: analysis.matched.map(({ skill }) => skill),
    missing: analysis.missing.map(({ skill }) => skill),
    summary: analysis.summary,
  });
}

/** Reads an uploaded CV. Repeated (a retry, a new delivery) it replaces what it stored before. */
export async function processUpload(ctx: Ctx, { payload }: Event<'cv-analysis.document.uploaded'>): Promise<void> {
  const { documentId, fileId, jobId } = payload;
  const reading = await readDocument(ctx, documentId, fileId);
  const job = jobId === null ? null : await jobRequirements(ctx, jobId);
  await ctx.progress.report(documentId, 'matching', 90);
  const document = await ctx.db.documents.findOne({ id: documentId });
  // Deleted while it waited.
  if (!document) return;
  await finish(ctx, document, reading, job);
}

/** Reads the CV of a new application and scores it against the job. */
export async function processApplication(
  ctx: Ctx,
  { payload }: Event<'job-board.application.submitted'>,
): Promise<void> {
  const { applicationId, jobId, cvFileId } = payload;
  if (!cvFileId) return;
  const { enableParsing } = await ctx.settings.get();
  const file = await ctx.files.info(cvFileId);
  const reading = enableParsing ? await readDocument(ctx, applicationId, cvFileId) : null;
  const job = reading ? await jobRequirements(ctx, jobId) : null;
  const document =
    (await ctx.db.documents.findOne({ applicationId })) ??
    (await ctx.db.documents.insert({
      fileId: file.id,
      fileName: file.name,
      fileType: file.type,
      fileSize: file.size,
      source: 'application',
      applicationId,
      jobId,
    }));
  if (reading) await finish(ctx, document, reading, job);
}
