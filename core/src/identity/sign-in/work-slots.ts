import { ApiError } from '../../errors/index.ts';

/**
 * Runs expensive work, at most `running` at once and at most `waiting` in the queue; beyond that it refuses. Keeps a
 * flood of sign-ins from taking all memory (19 MiB a hash) and every thread of the pool.
 */
export interface WorkSlots {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createWorkSlots(running: number, waiting: number): WorkSlots {
  let free = running;
  const queue: (() => void)[] = [];

  async function slot(): Promise<void> {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (queue.length >= waiting) {
      throw new ApiError('unavailable', 'Too many people are signing in right now. Try again in a few seconds.', {
        headers: { 'Retry-After': '5' },
      });
    }
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  return {
    async run(work) {
      await slot();
      try {
        return await work();
      } finally {
        // A slot that is handed on directly never becomes free for a latecomer in between.
        const next = queue.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
