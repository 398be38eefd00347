import type { Output } from '../context.ts';

export type ApplicationStatus = Output<'applications.move'>['status'];

/** The pipeline in order; `rejected` and `withdrawn` are ways out of it. */
export const PIPELINE = ['applied', 'screening', 'interviewing', 'offer', 'hired'] as const;

/** Where a recruiter may move an application to. A rejected one can be reconsidered; the rest is final. */
const NEXT: Record<ApplicationStatus, readonly (typeof PIPELINE)[number][]> = {
  applied: ['screening', 'interviewing', 'offer'],
  screening: ['applied', 'interviewing', 'offer'],
  interviewing: ['screening', 'offer'],
  offer: ['interviewing', 'hired'],
  hired: [],
  rejected: ['screening'],
  withdrawn: [],
};

export function nextStatuses(status: ApplicationStatus): readonly (typeof PIPELINE)[number][] {
  return NEXT[status];
}

export function canMove(from: ApplicationStatus, to: ApplicationStatus): boolean {
  return (NEXT[from] as readonly ApplicationStatus[]).includes(to);
}

/** Whether the application is still under way: it can be rejected or withdrawn. */
export function isActive(status: ApplicationStatus): boolean {
  return status !== 'hired' && status !== 'rejected' && status !== 'withdrawn';
}
