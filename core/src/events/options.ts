import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { FileStore } from '../files/index.ts';
import type { Licences } from '../licensing/index.ts';
import type { Log } from '../logging/index.ts';
import type { PluginCalls, PluginRegistry } from '../plugins/index.ts';
import type { Realtime } from '../realtime/index.ts';

/** Durations in milliseconds. */
export interface EventTiming {
  /** Events moved on in one transaction. */
  relayBatch: number;
  /** How long an event waits at most when no wake-up reached a worker. */
  relayPollMs: number;
  /** Shortest time from the end of one relay run to the next: under load, events then travel in batches. */
  relayRestMs: number;
  /** How often dead nodes and forgotten deliveries are looked for. */
  sweepMs: number;
  /** How often held deliveries are looked at besides changes of licences. */
  heldSweepMs: number;
  /** Longer than any handler may take. */
  leaseMs: number;
  /** Deliveries of one subject handled before another subject has its turn. */
  perTurn: number;
  /** How often the queue is asked for jobs whose time has come; others are announced. */
  queuePollMs: number;
  /** Subjects handled at the same time by one process. */
  concurrency: number;
  /** Failures after which a delivery is given up. */
  maxAttempts: number;
  /** Wait after the n-th failure. */
  retryDelayMs(attempt: number): number;
}

export const DEFAULT_TIMING: EventTiming = {
  relayBatch: 200,
  relayPollMs: 1_000,
  relayRestMs: 5,
  sweepMs: 5_000,
  heldSweepMs: 30_000,
  leaseMs: 150_000,
  perTurn: 20,
  queuePollMs: 1_000,
  concurrency: 8,
  maxAttempts: 8,
  // 2.7 s, 7.4 s, 20 s, 55 s, 2.5 min, 6.7 min, 18 min: half an hour until a delivery is given up.
  retryDelayMs: (attempt) => Math.round(1_000 * Math.exp(Math.min(attempt, 8))),
};

export interface EventsOptions {
  db: Pick<Database, 'platform' | 'jobQueue' | 'locks' | 'bus'>;
  changes: Changes;
  plugins: PluginRegistry;
  deliver: PluginCalls['deliver'];
  licences: Licences;
  files: Pick<FileStore, 'grant'>;
  realtime: Realtime;
  /** Other work of the same queue: its name → its handler, which gets the id of this node. */
  jobs?: Readonly<Record<string, (payload: unknown, nodeId: string) => Promise<void>>>;
  log: Log;
  timing?: Partial<EventTiming>;
}
