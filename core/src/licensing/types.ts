export type LicenceState = 'none' | 'trial' | 'active' | 'grace' | 'read-only' | 'suspended' | 'expired' | 'revoked';

/** What a licence allows at one moment. */
export interface LicenceDecision {
  state: LicenceState;
  /** May be read: screens, lists, exports. */
  readable: boolean;
  /** May be changed: writes, deliveries, schedules. */
  writable: boolean;
  plan: string | null;
  /** ISO 8601; `null` for a lifetime licence or none. */
  validUntil: string | null;
  entitlements: Record<string, unknown>;
  limits: Record<string, number>;
}

/** Answers from memory; kept right by invalidation, also across nodes. Evaluated at the time of the call. */
export interface Licences {
  decide(tenantId: string, pluginId: string): Promise<LicenceDecision>;
  /** `false` when the tenant's admin has switched the plugin off. */
  enabled(tenantId: string, pluginId: string): Promise<boolean>;
}
