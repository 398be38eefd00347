import { conflict } from '@bazaar/sdk';
import type { Ctx, Input, Output, TableRow } from '../context.ts';
import { changedFields } from './fields.ts';
import { canBecome, dayAfter, type JobStatus } from './lifecycle.ts';
import { refuseUnpublishable } from './rules.ts';
import { jobToChange, saveJob } from './update.ts';

type State = Output<'jobs.publish'>;

function refuseImpossible(row: TableRow<'jobs'>, to: JobStatus, verb: string): void {
  if (canBecome(row.status as JobStatus, to)) return;
  throw conflict('wrong-status', `A job that is ${row.status} cannot be ${verb}.`);
}

/** The deadline a job is opened with: its own, or the number of days in the settings from today. */
async function deadlineOf(ctx: Ctx, row: TableRow<'jobs'>, now: Date): Promise<string> {
  if (row.deadline !== null) return row.deadline;
  const { closeAfterDays } = await ctx.settings.get();
  return dayAfter(closeAfterDays, now);
}

async function open(ctx: Ctx, row: TableRow<'jobs'>): Promise<State> {
  const now = new Date();
  refuseUnpublishable(changedFields(row, {}), dayAfter(0, now));
  const state = await saveJob(ctx, row, {
    status: 'open',
    deadline: await deadlineOf(ctx, row, now),
    // Search engines ask for the day of the first publication.
    publishedAt: row.publishedAt ?? now.toISOString(),
    closedAt: null,
  });
  await ctx.events.emit('job.published', { jobId: row.id, title: row.title, slug: row.slug });
  return state;
}

export async function publishJob(ctx: Ctx, input: Input<'jobs.publish'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  if (row.status !== 'draft') throw conflict('wrong-status', `A job that is ${row.status} cannot be published.`);
  return open(ctx, row);
}

export async function reopenJob(ctx: Ctx, input: Input<'jobs.reopen'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  if (row.status === 'draft') throw conflict('wrong-status', 'A draft is published, not reopened.');
  refuseImpossible(row, 'open', 'reopened');
  return open(ctx, row);
}

export async function pauseJob(ctx: Ctx, input: Input<'jobs.pause'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  refuseImpossible(row, 'paused', 'paused');
  return saveJob(ctx, row, { status: 'paused' });
}

export async function closeJob(ctx: Ctx, input: Input<'jobs.close'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  const status = input.filled === true ? 'filled' : 'closed';
  refuseImpossible(row, status, 'closed');
  return saveJob(ctx, row, { status, closedAt: new Date().toISOString() });
}

export async function archiveJob(ctx: Ctx, input: Input<'jobs.archive'>): Promise<State> {
  const row = await jobToChange(ctx, input);
  if (row.status === 'open') throw conflict('wrong-status', 'Close the job before you archive it.');
  refuseImpossible(row, 'archived', 'archived');
  return saveJob(ctx, row, { status: 'archived' });
}
