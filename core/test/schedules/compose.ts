import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChanges } from '../../src/caching/index.ts';
import type { Database } from '../../src/data/index.ts';
import { createEvents, type Events } from '../../src/events/index.ts';
import { createSchedules, type Schedules, type ScheduleTiming } from '../../src/schedules/index.ts';
import type { composeKernel } from '../plugins/support/kernel.ts';

/** Fast enough for tests; the same mechanics. */
const QUICK: Partial<ScheduleTiming> = { lookEveryMs: 100, retryDelayMs: () => 60, maxAttempts: 4 };

/** What all nodes of a test take for the time: one file. */
export function clockOf(folder: string): () => Date {
  return () => new Date(readFileSync(join(folder, 'clock'), 'utf8'));
}

/** The queue and the schedules of one node. */
export function composeSchedules(
  database: Database,
  kernel: Awaited<ReturnType<typeof composeKernel>>,
  now: () => Date,
  timing: Partial<ScheduleTiming> = {},
): { events: Events; schedules: Schedules } {
  const realtime = { publish: (message: (typeof kernel.realtime)[number]) => void kernel.realtime.push(message) };
  const schedules = createSchedules({
    db: database,
    plugins: kernel.loaded.registry,
    invoker: kernel.calls.invoker,
    licences: kernel.licences,
    graceDays: 3,
    realtime,
    log: kernel.log,
    now,
    timing: { ...QUICK, ...timing },
  });
  const events = createEvents({
    db: database,
    changes: createChanges(database.bus, kernel.log),
    plugins: kernel.loaded.registry,
    deliver: kernel.calls.deliver,
    licences: kernel.licences,
    files: kernel.files,
    realtime,
    jobs: schedules.jobs,
    log: kernel.log,
    timing: { relayPollMs: 200, sweepMs: 300, queuePollMs: 50, heldSweepMs: 400 },
  });
  return { events, schedules };
}
