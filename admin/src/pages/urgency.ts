import type { TaskView } from '../api/types.ts';

const RANKS: Record<TaskView['priority'], number> = { urgent: 0, high: 1, normal: 2, low: 3 };

type Waiting = Pick<TaskView, 'priority' | 'createdAt'>;

/** Most urgent first; among equals the one that waits longest. */
export function byUrgency(left: Waiting, right: Waiting): number {
  return RANKS[left.priority] - RANKS[right.priority] || left.createdAt.localeCompare(right.createdAt);
}
