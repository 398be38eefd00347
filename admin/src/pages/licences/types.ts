/** Answers of the licences API. Amounts in minor units of their currency; moments and days ISO 8601. */

export type LicenceStage = 'none' | 'trial' | 'active' | 'grace' | 'read-only' | 'suspended' | 'expired' | 'revoked';

export interface MeterView {
  name: string;
  title: string;
  unit: string;
  included: number;
  unitAmount: number | string | null;
  /** How many there may be; `null` for any number. */
  cap: number | null;
  used: number;
  /** At the end of the period, as the last 30 days went. */
  expected: number;
  amount: number;
}

export interface LicenceDetails {
  plugin: string;
  state: LicenceStage;
  kind: 'trial' | 'purchased' | 'subscription';
  /** What it rests on, e.g. `subscription:<id>`. */
  source: string;
  plan: string | null;
  validUntil: string | null;
  seats: { limit: number; taken: number } | null;
  stages: { state: LicenceStage; from: string }[];
  meters: MeterView[];
  /** `until` is the first day of the next period. */
  forecast: { currency: string; since: string; until: string; plan: number | null; metered: number } | null;
}

export interface SeatView {
  user: { id: string; name: string; email: string };
  takenAt: string;
  /** `false` for who came last, where there are more people than seats. */
  valid: boolean;
}

/** A licence as operators see it. */
export interface PlatformLicenceView {
  tenant: { slug: string; name: string };
  plugin: string;
  state: LicenceStage;
  kind: 'trial' | 'purchased' | 'subscription';
  plan: string;
  source: string;
  expiresAt: string | null;
  revokedReason: string | null;
  trialExtendedDays: number;
  seats: { limit: number; taken: number } | null;
}

export interface PluginUsageView {
  plugin: string;
  name: string;
  tenants: { trial: number; active: number; ending: number; ended: number };
  seatsTaken: number;
  metered: Record<string, number>;
}

export interface OrphansView {
  kind: 'plugin-missing' | 'licence-missing' | 'tenant-missing';
  table: string;
  plugin: string;
  rows: number;
}
