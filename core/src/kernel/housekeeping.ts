import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';

const INTERVAL_MS = 60 * 60 * 1000;
const FIRST_AFTER_MS = 60_000;

export interface HousekeepingOptions {
  db: Pick<Database, 'locks'>;
  log: Log;
  /** Name → removes what can never be used again. */
  chores: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Cleans up now and then, one node at a time. Returns the end, which waits for the chore under way. */
export function startHousekeeping({ db, log, chores }: HousekeepingOptions): () => Promise<void> {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    const lock = await db.locks.tryAcquire('housekeeping');
    if (!lock) return;
    try {
      for (const [name, chore] of Object.entries(chores)) {
        if (stopped || lock.lost.aborted) return;
        await chore().catch((error: unknown) => log.error({ err: error, chore: name }, 'housekeeping failed'));
      }
    } finally {
      await lock.release();
    }
  }

  function begin(): void {
    running = round().catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'));
  }

  const first = setTimeout(begin, FIRST_AFTER_MS).unref();
  const timer = setInterval(begin, INTERVAL_MS).unref();
  return async () => {
    stopped = true;
    clearTimeout(first);
    clearInterval(timer);
    await running;
  };
}
