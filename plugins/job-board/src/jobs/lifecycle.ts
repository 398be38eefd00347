import type { Output } from '../context.ts';

export type JobStatus = Output<'jobs.get'>['status'];

/** Which states a job can go to from each; a draft is opened by publishing. */
const NEXT: Record<JobStatus, readonly JobStatus[]> = {
  draft: ['open', 'archived'],
  open: ['paused', 'filled', 'closed'],
  paused: ['open', 'filled', 'closed', 'archived'],
  filled: ['open', 'archived'],
  closed: ['open', 'archived'],
  archived: [],
};

export function canBecome(from: JobStatus, to: JobStatus): boolean {
  return NEXT[from].includes(to);
}

/** Whether visitors can see the job and apply to it on the given day (`YYYY-MM-DD`). */
export function isOpenToPublic(
  job: { status: string; isPublic: boolean; deadline: string | null },
  today: string,
): boolean {
  return job.status === 'open' && job.isPublic && (job.deadline === null || job.deadline >= today);
}

/** The day in UTC, `YYYY-MM-DD`, some days from the given moment. */
export function dayAfter(days: number, now: Date): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
