import type { Sql } from '../data/index.ts';
import { enqueueJobs } from './enqueue-jobs.ts';

/** The queue's work: handling what waits for one subscriber of one tenant about one subject, in order. */
export interface Turn {
  tenantId: string;
  subscriber: string;
  subject: string;
}

export const TURN_TASK = 'deliver';

export function turnKey({ tenantId, subscriber, subject }: Turn): string {
  return `${TURN_TASK}:${tenantId}:${subscriber}:${subject}`;
}

/** Puts turns into the queue, each once. */
export function enqueueTurns(sql: Sql, turns: readonly Turn[], runAt: Date | null = null): Promise<void> {
  const unique = new Map(turns.map((turn) => [turnKey(turn), turn]));
  return enqueueJobs(
    sql,
    [...unique].map(([key, turn]) => ({ task: TURN_TASK, key, tenantId: turn.tenantId, payload: turn, runAt })),
  );
}
