import type {
  ActionDeclaration,
  DeliveredEvent,
  JsonObject,
  JsonValue,
  Manifest,
  PersonExportRequest,
  TenantIdentity,
  UserIdentity,
} from '@bazaar/sdk';
import type { Host, Invocation } from '@bazaar/sdk/host';
import type { Actor, PluginDatabase, ScheduledRun } from '../data/index.ts';
import type { PrivacyHandler } from './boundary/handlers.ts';
import type { PluginContract } from './contract/plugin-contract.ts';
import type { PluginPackage } from './package/plugin-package.ts';

/** Trust is the operator's decision: it stands in plugins.lock.json, never in a manifest. */
export type Tier = 'inline' | 'sandbox';

export interface LockEntry {
  id: string;
  version: string;
  /** `sha512-…` over the package's files. */
  integrity: string;
  /** Folder relative to the lock file, a package's name, or `installed`: kept by the platform. */
  source: string;
  tier: Tier;
  grantedCapabilities: string[];
  /** Versions that serve tenants of their own beside this one (pinned, or on trial). */
  otherVersions?: Record<string, Pick<LockEntry, 'integrity' | 'source' | 'tier' | 'grantedCapabilities'>>;
}

export type PluginState = 'active' | 'draining' | 'inactive' | 'parked' | 'quarantined' | 'failed';

/** What a version needs to do anything; opened when it is first used. */
export interface LivePlugin {
  database: PluginDatabase;
  runtime: PluginRuntime;
}

/** One version of a plugin that serves, or did a moment ago. */
export interface LoadedPlugin {
  manifest: Manifest;
  lock: LockEntry;
  /** What the operator has granted. */
  capabilities: ReadonlySet<string>;
  actions: ReadonlyMap<string, ActionDeclaration>;
  /** Checks made from the manifest, compiled on first use. */
  contract: PluginContract;
  /** Its files, read and compared with what the operator vouched for when first asked. Rejects in words. */
  package(): Promise<PluginPackage>;
  /** Its tables and handlers, opened when first asked. Rejects with `unavailable`; asking again tries again. */
  live(): Promise<LivePlugin>;
  /** Folder of its built screens and widgets; `undefined` when it has none. */
  ui(): Promise<string | undefined>;
}

/** What a plugin is at this moment, for /readyz and the console. */
export interface PluginStatus {
  id: string;
  name: string;
  version: string;
  tier: Tier;
  state: PluginState;
  /** Why it is not active, in words. */
  reason?: string;
  /** Every version of it in this process, when there is more than the one that serves by default. */
  versions?: { version: string; tier: Tier; state: PluginState; reason?: string }[];
}

/** One call of a handler: plain data, the way out, and how long it may take. */
export interface RuntimeCall {
  invocation: Invocation;
  host: Host;
  deadlineMs: number;
  /** Nothing of it is ever committed: a tier that lost it half-way may run it once more. */
  readOnly: boolean;
  /**
   * Told what the handler took, before its promise settles; a tier leaves out what it cannot measure. `resultSize`
   * is about as many bytes as the result has as JSON.
   */
  usage?(used: { cpuMs?: number; resultSize?: number }): void;
}

/**
 * The plugin's side of the boundary; the tiers are its implementations. Arguments and results are JSON: a handler
 * that returns anything else has failed. Rejects with the handler's own error, or with `ApiError('unavailable')`
 * when the deadline has passed. Knows nothing of transactions, permissions or licences.
 */
export interface PluginRuntime {
  action(name: string, call: RuntimeCall, input: JsonObject): Promise<JsonValue>;
  subscription(name: string, call: RuntimeCall, event: DeliveredEvent<JsonObject>): Promise<void>;
  demo(call: RuntimeCall, data: JsonValue): Promise<void>;
  privacy(name: PrivacyHandler, call: RuntimeCall, person: PersonExportRequest): Promise<JsonValue>;
  /**
   * Told of harm that the version did outside of its tier, which counts like having been stopped by force. `why`
   * completes "it …". Absent where the operator trusts the plugin: nothing counts there.
   */
  offended?(why: string): void;
  close(): Promise<void>;
}

/** What a tier needs to bring a plugin to life. */
export interface RuntimeSource {
  manifest: Manifest;
  /** Absolute. */
  folder: string;
  integrity: string;
  /** Module that exports the definition, below the folder. */
  entry: string;
}

/** Rejects in words when the module cannot be loaded or its handlers are not those of the manifest. */
export type RuntimeFactory = (source: RuntimeSource) => Promise<PluginRuntime>;

/** The plugins of this process. A tenant may be served by another version than the rest. */
export interface PluginRegistry {
  /** The version that serves this tenant; without a tenant, the one that serves by default. */
  get(id: string, tenantId?: string): LoadedPlugin | undefined;
  /** A version that serves some tenant, or did a while ago: for what it has shown in browsers. */
  version(id: string, version: string): LoadedPlugin | undefined;
  /** Every plugin in the version that serves, in the order in which they depend on each other. */
  all(tenantId?: string): readonly LoadedPlugin[];
  /** Every known plugin, also those that failed to load; for a tenant, with the version that is meant for it. */
  statuses(tenantId?: string): readonly PluginStatus[];
  /** What a known plugin declares, also while it does not serve; `undefined` when that could never be read. */
  manifest(id: string, tenantId?: string): Manifest | undefined;
  /**
   * Keeps the version that serves this tenant from being closed until `work` has ended. Waits while the plugin is
   * switched from one version to the next, unless the call chain is already inside of it (`chain`). Rejects with
   * `not-found` or `unavailable` when nothing serves.
   */
  use<T>(
    id: string,
    tenantId: string | undefined,
    work: (plugin: LoadedPlugin) => Promise<T>,
    chain?: readonly string[],
  ): Promise<T>;
}

/** Runs an action with all of its checks: licence, enabled, permission, input schema; then the runtime. */
export interface ActionInvoker {
  /** The plugin must be in use (`PluginRegistry.use`) until this has ended. */
  invoke(plugin: LoadedPlugin, action: string, call: ActionCall): Promise<JsonValue>;
  /** Those checks of `invoke` that need no input, so that an upload is refused before it is stored. */
  admit(plugin: LoadedPlugin, action: string, caller: Pick<ActionCall, 'tenant' | 'user'>): Promise<void>;
}

export interface ActionCall {
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  input: JsonObject;
  /** The run of a schedule that ends with the commit of the action. */
  run?: ScheduledRun;
}
