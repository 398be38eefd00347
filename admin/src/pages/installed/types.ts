/** Answers of the operator's API of plugins. */

export type InstalledState = 'active' | 'draining' | 'inactive' | 'parked' | 'quarantined' | 'failed';

export interface InstalledVersion {
  version: string;
  /** Why it must not run. */
  quarantine: string | null;
}

/** A version that only some workspaces get, or the last one of which that was ended by the platform. */
export interface Canary {
  version: string;
  percent: number;
  /** Short names of workspaces. */
  tenants: string[];
  maxErrorRate: number;
  minCalls: number;
  startedAt: string;
  haltedAt: string | null;
  haltReason: string | null;
  calls?: number;
  failures?: number;
}

export interface InstalledPlugin {
  id: string;
  name: string;
  state: InstalledState;
  reason: string | null;
  tier: 'inline' | 'sandbox' | null;
  activeVersion: string | null;
  previousVersion: string | null;
  /** Callers wait: a switch is under way. */
  switching: boolean;
  /** Until then the data of one that was uninstalled is kept. */
  purgeAfter: string | null;
  versions: InstalledVersion[];
  pins: { count: number };
  canary: Canary | null;
}

export interface Operation {
  id: string;
  kind: string;
  plugin: string;
  version: string | null;
  state: 'running' | 'done' | 'failed' | 'undone';
  step: string;
  error: string | null;
  outcome: { lagging?: number; export?: string | null; replaced?: string };
  startedAt: string;
  finishedAt: string | null;
}

/** What an operation touches. */
export interface Impact {
  dependents: { plugin: string; how: 'requires' | 'optional' | 'listens' | 'calls'; detail: string[] }[];
  surfaces: { screens: number; widgets: number; pages: number; schedules: number };
  tenants: { licensed: number; switchedOn: number; pinned: number };
  /** People in workspaces with a licence. */
  users: number;
  tables: { table: string; rows: number }[];
  rows: number;
  files: number;
  openTasks: number;
  waitingDeliveries: number;
}

/** What an operator is about to do away with. */
export interface Removal {
  kind: 'uninstall' | 'purge';
  plugin: InstalledPlugin;
  impact: Impact;
  /** For how many days the data is kept; `null` while it is no number. */
  days: number | null;
  /** What was typed to confirm that it is deleted for good. */
  typed: string;
}

/** A version that an operator is about to let some workspaces try. */
export interface CanaryDraft {
  plugin: InstalledPlugin;
  version: string;
  percent: number | null;
  /** Short names of workspaces, as they were typed. */
  tenants: string;
}
