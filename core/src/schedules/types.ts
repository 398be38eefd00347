import type { Database } from '../data/index.ts';
import type { Licences } from '../licensing/index.ts';
import type { Log } from '../logging/index.ts';
import type { ActionInvoker, PluginRegistry } from '../plugins/index.ts';
import type { Realtime } from '../realtime/index.ts';
import type { SpreadLimits } from './due.ts';

/** The queue's work: running one schedule of one tenant, whatever time it is due for. */
export interface ScheduleTurn {
  tenantId: string;
  plugin: string;
  name: string;
}

export type RunOutcome = 'done' | 'failed' | 'skipped';

/** How a schedule ran last for a tenant. */
export interface LastRun {
  /** ISO 8601, as are the others; `null` when it was asked for and not due. */
  due: string | null;
  startedAt: string | null;
  finishedAt: string;
  outcome: RunOutcome;
  attempts: number;
  /** Why it failed or was skipped. */
  detail: string | null;
  /** Of the plugin; `null` when it came to none. */
  version: string | null;
}

/** Durations in milliseconds. */
export interface ScheduleTiming {
  /** How often the planner looks for due schedules. */
  lookEveryMs: number;
  /** Tenants handed to the queue in one transaction. */
  batch: number;
  /** Longer than any action may take. */
  leaseMs: number;
  /** Failures after which a run is given up. */
  maxAttempts: number;
  /** Wait after the n-th failure. */
  retryDelayMs(attempt: number): number;
  spread: SpreadLimits;
}

export const DEFAULT_TIMING: ScheduleTiming = {
  lookEveryMs: 60_000,
  batch: 500,
  leaseMs: 150_000,
  maxAttempts: 8,
  // As for events: half an hour until it is given up.
  retryDelayMs: (attempt) => Math.round(1_000 * Math.exp(Math.min(attempt, 8))),
  spread: { atOnce: 50, perTenantMs: 50, maxMs: 600_000 },
};

export interface SchedulesOptions {
  db: Pick<Database, 'platform' | 'locks' | 'queryInTenant' | 'asPlatform'>;
  plugins: PluginRegistry;
  invoker: Pick<ActionInvoker, 'invoke'>;
  licences: Licences;
  /** How many days of grace a licence has in which schedules still run. */
  graceDays: number;
  realtime: Realtime;
  log: Log;
  now(): Date;
  timing?: Partial<ScheduleTiming>;
}
