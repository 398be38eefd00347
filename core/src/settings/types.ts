import type { FieldError, JsonObject, JsonSchema, Manifest } from '@bazaar/sdk';
import type { AuditTrace } from '../audit/index.ts';
import type { Changes } from '../caching/index.ts';
import type { Database } from '../data/index.ts';
import type { Route } from '../routes/index.ts';
import type { Sealer } from '../secrets/index.ts';

/** How a plugin gets its settings: defaults filled in, secrets included. A copy of its own at each call. */
interface SettingsReader {
  get(tenantId: string, pluginId: string): Promise<JsonObject>;
}

export interface SettingsDependencies {
  db: Database;
  changes: Changes;
  plugins: { get(id: string, tenantId?: string): { manifest: Manifest } | undefined };
  sealer: Sealer;
  /** Compiles a plugin's schema into a check that names each wrong field. */
  compile(schema: JsonSchema): (values: JsonObject) => FieldError[];
}

/** Settings as an admin sees them. */
export interface ShownSettings {
  plugin: string;
  schema: JsonSchema;
  /** Defaults filled in, secrets left out. */
  values: JsonObject;
  /** Pointers of the secrets that are stored. */
  secretsSet: string[];
  /** `false` when the platform's secret has changed since: they must be entered again. */
  secretsReadable: boolean;
  /** Changes with every change; to be sent back, so that nobody overwrites what they have not seen. */
  revision: string;
  updatedAt: string | null;
}

export interface SettingsChange {
  /** All values. An absent secret stays as it is, `null` removes it. */
  values: JsonObject;
  /** Refused with `conflict` (`stale-revision`) when the settings are no longer at this revision. */
  revision?: string;
}

/** Who changes settings, in which tenant. */
export interface SettingsAuthor {
  tenantId: string;
  userId: string;
  trace: AuditTrace;
}

export interface Settings extends SettingsReader {
  /** Refuses with `not-found`. */
  show(tenantId: string, pluginId: string): Promise<ShownSettings>;
  /** Refuses with `not-found`, `invalid-input` (each wrong field named), `conflict` (`stale-revision`), `too-large`. */
  change(pluginId: string, change: SettingsChange, by: SettingsAuthor): Promise<ShownSettings>;
  readonly routes: Route[];
  /** Stops listening for changes. */
  close(): void;
}
