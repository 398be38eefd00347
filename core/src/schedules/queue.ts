import type { Sql } from '../data/index.ts';
import { enqueueJobs } from '../events/index.ts';
import type { ScheduleTurn } from './types.ts';

export const SCHEDULE_TASK = 'schedule';

/** People wait for what events bring about; nobody waits for a schedule to the second. */
const PATIENCE = 10;

/** Puts turns into the queue, each once, in the caller's transaction. */
export function enqueueScheduleTurns(
  sql: Sql,
  turns: readonly ScheduleTurn[],
  runAt: (turn: ScheduleTurn) => Date | null = () => null,
): Promise<void> {
  return enqueueJobs(
    sql,
    turns.map((turn) => ({
      task: SCHEDULE_TASK,
      key: `${SCHEDULE_TASK}:${turn.tenantId}:${turn.plugin}:${turn.name}`,
      tenantId: turn.tenantId,
      payload: turn,
      runAt: runAt(turn),
      patience: PATIENCE,
    })),
  );
}
