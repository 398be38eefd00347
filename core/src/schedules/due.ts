import { hash } from 'node:crypto';
import type { CronTimes } from '../plugins/index.ts';

/**
 * The time that is to be handled now; `null` when nothing has come due since the last one. Of several that passed
 * unseen (the platform was down) it is the latest: work of this kind makes up for itself. A clock that steps back finds
 * nothing until it has caught up, so that no time is handled twice.
 */
export function dueSince(times: Pick<CronTimes, 'latest'>, lastDue: Date, now: Date): Date | null {
  const latest = times.latest(now);
  return latest !== null && latest > lastDue ? latest : null;
}

export interface SpreadLimits {
  /** Up to as many tenants begin at once. */
  atOnce: number;
  /** Milliseconds between two tenants' beginnings, on average, when there are more. */
  perTenantMs: number;
  maxMs: number;
}

/** Over how many milliseconds the tenants' runs are spread: never so long that they meet the next due time. */
export function spreadOf(tenants: number, untilNextMs: number, { atOnce, perTenantMs, maxMs }: SpreadLimits): number {
  if (tenants <= atOnce) return 0;
  return Math.floor(Math.min(tenants * perTenantMs, maxMs, untilNextMs / 2));
}

/** A tenant's place within the spread: the same each time, another one for another schedule. */
export function placeOf(schedule: string, tenantId: string, spreadMs: number): number {
  if (spreadMs <= 0) return 0;
  return Number.parseInt(hash('sha1', `${schedule}/${tenantId}`).slice(0, 12), 16) % spreadMs;
}
