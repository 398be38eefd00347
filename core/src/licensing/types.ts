import type { MeterDeclaration } from '@bazaar/sdk';
import type { StagedUsage } from '../data/index.ts';

export type LicenceState = 'none' | 'trial' | 'active' | 'grace' | 'read-only' | 'suspended' | 'expired' | 'revoked';

/** Why a licence does not allow what is asked, by the code of the refusal; `ok` when it does. */
export type LicenceCode = 'ok' | 'licence-required' | 'licence-ended' | 'seat-required' | 'usage-limit';

/** What somebody is about to do under a licence. */
export interface LicenceScope {
  /** `deliver` is work without a person: events and schedules. */
  effect: 'read' | 'write' | 'deliver';
  /** Whoever does it; where seats are limited they need one. */
  userId?: string;
  /** What has been used of a meter in its period, and how much of it there may be (`null` for any amount). */
  usage?: { used: number; cap: number | null };
}

/** What a licence allows at one moment. */
export interface LicenceDecision {
  state: LicenceState;
  code: LicenceCode;
  /** May be read: screens, lists, exports. */
  readable: boolean;
  /** May be changed: writes, deliveries, schedules. */
  writable: boolean;
  plan: string | null;
  /** ISO 8601; `null` for a lifetime licence or none. */
  validUntil: string | null;
  entitlements: Record<string, unknown>;
  /** `seats`, and by the name of a meter how many of it there may be in a month. */
  limits: Record<string, number>;
}

/** Answers from memory; kept right by invalidation, also across nodes. Evaluated at the time of the call. */
export interface Licences {
  /** For reading by nobody in particular when no scope is given. */
  decide(tenantId: string, pluginId: string, scope?: LicenceScope): Promise<LicenceDecision>;
  /** `false` when the tenant's admin has switched the plugin off. */
  enabled(tenantId: string, pluginId: string): Promise<boolean>;
  /** `true` while operators of the platform have suspended the workspace: nothing is done for it by itself. */
  suspended(tenantId: string): Promise<boolean>;
  /** Gives a member a seat if one is free; resolves with whether they have one. */
  takeSeat(tenantId: string, pluginId: string, userId: string): Promise<boolean>;
  /**
   * What one more use of a meter is counted as. Rejects with `usage-limit` when there is none left; of several that
   * ask at once for the last one, the commit decides.
   */
  allowance(tenantId: string, pluginId: string, meter: MeterDeclaration): Promise<StagedUsage>;
}
