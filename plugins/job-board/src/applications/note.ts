import { invalidField } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import type { ApplicationStatus } from './pipeline.ts';
import { applicationRow } from './read.ts';

export async function noteOnApplication(
  ctx: Ctx,
  input: Input<'applications.note'>,
): Promise<Output<'applications.note'>> {
  const remarks = input.remarks.trim();
  if (remarks === '') throw invalidField('/remarks', 'Write a note first.');
  const row = await applicationRow(ctx, input.id);
  const entry = await ctx.db.applicationTimeline.insert({
    applicationId: row.id,
    kind: 'note',
    remarks,
    changedBy: ctx.user?.id ?? null,
    changedByName: ctx.user?.name ?? null,
  });
  await ctx.events.emit('application.changed', {
    applicationId: row.id,
    jobId: row.jobId,
    candidateId: row.candidateId,
    change: 'note',
    status: row.status as ApplicationStatus,
  });
  return {
    id: entry.id,
    kind: 'note',
    fromStatus: null,
    toStatus: null,
    remarks,
    changedByName: entry.changedByName,
    at: entry.at,
  };
}
