import type { JsonObject } from '@bazaar/sdk';
import type { Tier } from '../plugins/index.ts';

/** Who asked for an operation. */
export interface Operator {
  userId: string;
  /** The tenant the operator is signed in to: its audit log has what concerns no tenant. */
  tenantId: string;
  ip: string;
  userAgent: string;
  requestId: string;
  /** Who used the command line, as the operating system calls them; their `userId` is the system's. */
  commandLine?: string;
}

export type OperationKind =
  | 'install'
  | 'upgrade'
  | 'rollback'
  | 'canary'
  | 'canary-promote'
  | 'canary-stop'
  | 'pin'
  | 'uninstall'
  | 'restore'
  | 'purge'
  | 'quarantine'
  | 'release';

export interface Operation {
  id: string;
  kind: OperationKind;
  plugin: string;
  version: string | null;
  state: 'running' | 'done' | 'failed' | 'undone';
  /** What it does, or did last. */
  step: string;
  error: string | null;
  outcome: JsonObject;
  startedAt: Date;
  finishedAt: Date | null;
}

/** What the operator decides about a package. */
export interface PackageChoices {
  /** `sandbox` for a plugin that is new, as before for a new version. */
  tier?: Tier;
  /** Capabilities beyond those granted before; `all` grants what is requested. */
  grant: 'all' | readonly string[];
  /** Switch even where the old version cannot live with the new tables: callers wait meanwhile. */
  drain: boolean;
}

export interface CanaryChoices {
  /** Slugs. */
  tenants: readonly string[];
  percent: number;
  /** Share of failed calls, above 0 to 1, at which the trial ends by itself. */
  maxErrorRate: number;
  /** Fewer calls say nothing. */
  minCalls: number;
}

/** What the operator decides about a trial, with the tenants found. */
export interface CanaryRequest {
  choices: CanaryChoices;
  /** Of `choices.tenants`. */
  tenantIds: readonly string[];
}
