import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../logging/index.ts';

interface Step {
  name: string;
  stop(): Promise<void> | void;
  /** Waited for however long it takes: what is cut short here would be left behind. */
  mustEnd: boolean;
}

/** For all steps together that need not end, e.g. handlers of plugins: what they were doing is done again later. */
const PATIENCE_MS = 6_000;

/** What has been started, to be stopped in reverse order. A part that fails or hangs does not keep the others. */
export class Teardown {
  readonly #steps: Step[] = [];
  readonly #patienceMs: number;
  #running: Promise<void> | undefined;

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  add(name: string, stop: Step['stop'], { mustEnd = false } = {}): void {
    this.#steps.push({ name, stop, mustEnd });
  }

  /** Stops everything, once; later calls wait for the first. */
  run(log: Pick<Log, 'error' | 'warn'>): Promise<void> {
    this.#running ??= this.#runAll(log);
    return this.#running;
  }

  async #runAll(log: Pick<Log, 'error' | 'warn'>): Promise<void> {
    const deadline = Date.now() + this.#patienceMs;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      const { name, stop, mustEnd } = step;
      let isLate = false;
      const stopped = (async () => stop())().catch((error: unknown) => {
        // Said already; since then what it stands on has been stopped, too.
        if (!isLate) log.error({ err: error, part: name }, 'a part of the platform did not stop in order');
      });
      if (mustEnd) {
        await stopped;
        continue;
      }
      const timer = new AbortController();
      const late = sleep(Math.max(deadline - Date.now(), 100), 'late', { signal: timer.signal }).catch(() => 'in time');
      isLate = (await Promise.race([stopped, late])) === 'late';
      if (isLate) {
        log.warn({ part: name }, 'a part of the platform takes too long to stop; not waiting for it');
      }
      timer.abort();
    }
  }
}
