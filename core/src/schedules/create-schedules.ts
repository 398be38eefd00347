import type { Route } from '../routes/index.ts';
import { Planner } from './planner.ts';
import { SCHEDULE_TASK } from './queue.ts';
import { scheduleRoutes } from './routes.ts';
import { RunStore } from './run-store.ts';
import { RunWork } from './run-work.ts';
import { DEFAULT_TIMING, type SchedulesOptions, type ScheduleTurn } from './types.ts';

/** Timers may come a moment before their time. */
const LATE_MS = 25;

/** Runs the schedules of plugins. */
export interface Schedules {
  /** For the job queue of a worker. */
  readonly jobs: Readonly<Record<string, (payload: unknown, nodeId: string) => Promise<void>>>;
  readonly routes: Route[];
  /** In a worker: looks now, which makes up for what was missed, and then every minute. */
  start(): void;
  /** Waits for the look that is under way. What has been handed to the queue ends with the queue. */
  stop(): Promise<void>;
}

export function createSchedules(options: SchedulesOptions): Schedules {
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const work = new RunWork(options, timing, new RunStore(options.db.platform, timing.leaseMs));
  const planner = new Planner(options, timing);
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    await planner
      .look()
      .catch((error: unknown) => options.log.error({ err: error }, 'due schedules could not be looked for'));
    if (stopped) return;
    const untilNext = timing.lookEveryMs - (Date.now() % timing.lookEveryMs);
    timer = setTimeout(begin, untilNext + LATE_MS);
  }

  function begin(): void {
    looking = look();
  }

  return {
    jobs: { [SCHEDULE_TASK]: (payload, nodeId) => work.takeTurn(payload as ScheduleTurn, nodeId) },
    routes: scheduleRoutes({ ...options, runNow: (...request) => work.runNow(...request) }),
    start: begin,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      planner.stop();
      await looking;
    },
  };
}
