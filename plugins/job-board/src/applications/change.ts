import { conflict } from '@bazaar/sdk';
import type { Ctx, Input, Output, TableRow } from '../context.ts';
import { type ApplicationStatus, canMove, isActive } from './pipeline.ts';
import { applicationRow } from './read.ts';

type State = Output<'applications.move'>;
type Row = TableRow<'applications'>;

/** One change of status: what is written, and what the timeline says of it. */
interface Change {
  to: ApplicationStatus;
  kind: 'moved' | 'rejected' | 'withdrawn';
  remarks: string | null;
  set?: Partial<Pick<Row, 'rejectionReason' | 'rejectionFeedback'>>;
}

function refuseChanged(status: string): never {
  throw conflict('wrong-status', `Someone else has moved this application: it is ${status} now.`);
}

async function refuseSecondActive(ctx: Ctx, row: Row): Promise<void> {
  const active = await ctx.db.applications.count({ jobId: row.jobId, candidateId: row.candidateId, isActive: true });
  if (active > 0) throw conflict('already-applied', 'The candidate has applied to this job again in the meantime.');
}

async function change(ctx: Ctx, row: Row, { to, kind, remarks, set }: Change): Promise<State> {
  const from = row.status as ApplicationStatus;
  if (!isActive(from) && isActive(to)) await refuseSecondActive(ctx, row);
  const [saved] = await ctx.db.applications.update(
    // Only from the status that was read: of two people at once, one is told.
    { id: row.id, status: from },
    { ...set, status: to, updatedAt: new Date().toISOString() },
  );
  if (!saved) return refuseChanged((await applicationRow(ctx, row.id)).status);
  await ctx.db.applicationTimeline.insert({
    applicationId: row.id,
    kind,
    fromStatus: from,
    toStatus: to,
    remarks,
    changedBy: ctx.user?.id ?? null,
    changedByName: ctx.user?.name ?? null,
  });
  await ctx.events.emit('application.changed', {
    applicationId: row.id,
    jobId: row.jobId,
    candidateId: row.candidateId,
    change: 'status',
    status: to,
  });
  return { id: saved.id, status: to, updatedAt: saved.updatedAt };
}

export async function moveApplication(ctx: Ctx, input: Input<'applications.move'>): Promise<State> {
  const row = await applicationRow(ctx, input.id);
  const from = row.status as ApplicationStatus;
  if (input.from !== undefined && input.from !== from) return refuseChanged(from);
  if (from === input.to) return { id: row.id, status: from, updatedAt: row.updatedAt };
  if (!canMove(from, input.to)) {
    throw conflict('wrong-status', `An application cannot be moved from ${from} to ${input.to}.`);
  }
  return change(ctx, row, {
    to: input.to,
    kind: 'moved',
    remarks: input.remarks?.trim() || null,
    set: { rejectionReason: null, rejectionFeedback: null },
  });
}

export async function rejectApplication(ctx: Ctx, input: Input<'applications.reject'>): Promise<State> {
  const row = await applicationRow(ctx, input.id);
  if (!isActive(row.status as ApplicationStatus)) {
    throw conflict('wrong-status', `An application that is ${row.status} cannot be rejected.`);
  }
  const feedback = input.feedback?.trim() || null;
  return change(ctx, row, {
    to: 'rejected',
    kind: 'rejected',
    remarks: feedback,
    set: { rejectionReason: input.reason, rejectionFeedback: feedback },
  });
}

export async function withdrawApplication(ctx: Ctx, input: Input<'applications.withdraw'>): Promise<State> {
  const row = await applicationRow(ctx, input.id);
  if (!isActive(row.status as ApplicationStatus)) {
    throw conflict('wrong-status', `An application that is ${row.status} cannot be withdrawn.`);
  }
  return change(ctx, row, { to: 'withdrawn', kind: 'withdrawn', remarks: input.remarks?.trim() || null });
}
