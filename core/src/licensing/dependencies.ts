import type { JsonObject, Manifest } from '@bazaar/sdk';
import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { Mailer } from '../mail/index.ts';
import type { LicencePolicy } from './evaluate.ts';

/** What must be known of the plugins; the plugin registry is one. */
export interface PluginCatalogue {
  /** An active plugin. */
  get(id: string, tenantId?: string): { manifest: Manifest } | undefined;
  all(tenantId?: string): readonly { manifest: Manifest }[];
  /** Every known plugin, also those that failed to load. */
  statuses(tenantId?: string): readonly {
    id: string;
    name: string;
    version: string;
    tier: string;
    state: string;
    reason?: string;
  }[];
  /** What a known plugin declares, also while it does not serve. */
  manifest(id: string, tenantId?: string): Manifest | undefined;
}

export interface LicensingDependencies {
  db: Database;
  changes: Changes;
  plugins: PluginCatalogue;
  realtime: { publish(message: { tenantId: string; event: string; payload: JsonObject }): void };
  /** Wakes the deliveries that were held while the plugin was not usable for the tenant. */
  releaseHeld(tenantId: string, plugin: string): Promise<void>;
  mailer: Mailer;
  findTenant(slug: string): Promise<{ id: string; slug: string; name: string } | null>;
  log: Log;
  now(): Date;
  policy: LicencePolicy;
  /** `<name>:<public key>,…` of those whose licence files are accepted. */
  issuerKeys?: string;
}
