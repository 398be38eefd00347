import type { Manifest } from '@bazaar/sdk';
import type { PluginState, Tier } from '../types.ts';
import type { CanaryRecord } from './records.ts';
import type { Version } from './version.ts';

/** Which version serves whom. */
export interface Assignment {
  /** Version → what serves. The one named by `active` is among them. */
  versions: readonly Version[];
  active: string;
  /** The version of a tenant that is not served by `active`. */
  versionOf?(tenantId: string): string | undefined;
  canary?: CanaryRecord | null;
  /** Version → why it must not run. */
  quarantined?: ReadonlyMap<string, string>;
}

/** A plugin that does not serve, and why. */
export interface Absence {
  id: string;
  name: string;
  version: string;
  tier: Tier;
  state: Exclude<PluginState, 'active' | 'draining'>;
  reason: string;
  /** What it declares, when that is known. */
  manifest?: Manifest | undefined;
}
