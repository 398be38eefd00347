import type { HostOperation } from '@bazaar/sdk/host';
import type { CallKind, CallOutcome } from '../plugins/index.ts';
import type { ReachedQuota } from './quota-refusal.ts';

/** What one version of a plugin has done since the process started: plain numbers, read when metrics are asked for. */
export class VersionFigures {
  readonly calls = new Map<CallKind, Record<CallOutcome, number>>();
  readonly operations = new Map<HostOperation, number>();
  readonly refusals = new Map<ReachedQuota['level'], Map<ReachedQuota['quota'], number>>();
  cpuMs = 0;
  databaseMs = 0;
  rowsRead = 0;
  rowsWritten = 0;
  bytesOut = 0;
  events = 0;
  logLines = 0;

  called(kind: CallKind, outcome: CallOutcome): void {
    let outcomes = this.calls.get(kind);
    if (!outcomes) {
      outcomes = { ok: 0, refused: 0, failed: 0 };
      this.calls.set(kind, outcomes);
    }
    outcomes[outcome] += 1;
  }

  operated(operation: HostOperation): void {
    this.operations.set(operation, (this.operations.get(operation) ?? 0) + 1);
  }

  refused({ level, quota }: ReachedQuota): void {
    let ofLevel = this.refusals.get(level);
    if (!ofLevel) {
      ofLevel = new Map();
      this.refusals.set(level, ofLevel);
    }
    ofLevel.set(quota, (ofLevel.get(quota) ?? 0) + 1);
  }
}
