import type { Changes } from '../../caching/index.ts';
import type { Database } from '../../data/index.ts';
import type { FileStore, Files } from '../../files/index.ts';
import type { Log } from '../../logging/index.ts';
import type { Mailer } from '../../mail/index.ts';
import type { Sealer } from '../../secrets/index.ts';
import type { CertificateAuthority } from '../certificate.ts';
import type { PluginPeople } from '../people/index.ts';

/** Durations in milliseconds. */
export interface PrivacyTiming {
  pollMs: number;
  /** After which the work of a node that fell silent is taken over. */
  leaseMs: number;
  /** How often a plugin that can not be asked is looked at again. */
  waitMs: number;
  retryMs(attempt: number): number;
  /** How long an archive can be downloaded. */
  archiveMs: number;
  graceMs: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export const DEFAULT_TIMING: PrivacyTiming = {
  pollMs: 5_000,
  leaseMs: MINUTE,
  waitMs: 15 * MINUTE,
  retryMs: (attempt) => Math.min(2 ** attempt, 60) * 5_000,
  archiveMs: 7 * DAY,
  graceMs: 30 * DAY,
};

/** What the work on people's and workspaces' data needs. */
export interface PrivacyDependencies {
  db: Pick<Database, 'asPlatform' | 'platform'> & { plugins: Pick<Database['plugins'], 'rows' | 'removeTenant'> };
  people: PluginPeople;
  files: FileStore;
  scratch: Files['scratch'];
  mailer: Mailer;
  changes: Changes;
  sealer: Sealer;
  authority: CertificateAuthority;
  /** Ends what a tenant pays for. Idempotent. */
  endBilling(tenantId: string): Promise<void>;
  log: Log;
  now(): Date;
  timing: PrivacyTiming;
}
