import { invalidField, notFound } from '@bazaar/sdk';
import { jobRequirements } from '../analyses/requirements.ts';
import type { Ctx, Input, Output } from '../context.ts';
import { taskKey } from './store-reading.ts';

/** Stores a CV and has it read in the background. */
export async function uploadDocument(ctx: Ctx, input: Input<'documents.upload'>): Promise<Output<'documents.upload'>> {
  const { cv, jobId = null } = input;
  if (jobId !== null && !(await jobRequirements(ctx, jobId))) throw invalidField('/jobId', 'There is no such job.');
  const { enableParsing } = await ctx.settings.get();
  const document = await ctx.db.documents.insert({
    fileId: cv.id,
    fileName: cv.name,
    fileType: cv.type,
    fileSize: cv.size,
    source: 'upload',
    jobId,
    uploadedBy: ctx.user?.id ?? null,
  });
  if (enableParsing) await ctx.events.emit('document.uploaded', { documentId: document.id, fileId: cv.id, jobId });
  return { id: document.id, status: 'queued' };
}

/** Has a CV read again, e.g. one that failed, or one stored while automatic reading was off. */
export async function retryDocument(ctx: Ctx, { id }: Input<'documents.retry'>): Promise<Output<'documents.retry'>> {
  const [document] = await ctx.db.documents.update(
    { id },
    { status: 'queued', failureReason: null, failureMessage: null, updatedAt: new Date().toISOString() },
  );
  if (!document) throw notFound('CV');
  const { fileId, jobId } = document;
  await ctx.events.emit('document.uploaded', { documentId: id, fileId, jobId });
  return { id, status: 'queued' };
}

/** Deletes a CV and what was read from it. The file goes too, unless it belongs to an application. */
export async function deleteDocument(ctx: Ctx, { id }: Input<'documents.delete'>): Promise<Output<'documents.delete'>> {
  const document = await ctx.db.documents.findOne({ id });
  if (!document) throw notFound('CV');
  await ctx.db.documents.delete({ id });
  await ctx.tasks.resolve(taskKey(id));
  if (document.source === 'upload') await ctx.files.delete(document.fileId);
  return { id };
}
