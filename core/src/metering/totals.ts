import type { CallOutcome } from '../plugins/index.ts';

/** What has been used since it was first seen. */
export interface Totals {
  calls: Record<CallOutcome, number>;
  cpuMs: number;
  databaseMs: number;
  hostCalls: number;
  rowsRead: number;
  rowsWritten: number;
  bytesOut: number;
  events: number;
  logLines: number;
  /** Calls and host calls that a quota has refused. */
  quotaRefusals: number;
}

export function noTotals(): Totals {
  return {
    calls: { ok: 0, refused: 0, failed: 0 },
    cpuMs: 0,
    databaseMs: 0,
    hostCalls: 0,
    rowsRead: 0,
    rowsWritten: 0,
    bytesOut: 0,
    events: 0,
    logLines: 0,
    quotaRefusals: 0,
  };
}
