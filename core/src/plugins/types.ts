import type {
  ActionDeclaration,
  DeliveredEvent,
  JsonObject,
  JsonValue,
  Manifest,
  TenantIdentity,
  UserIdentity,
} from '@bazaar/sdk';
import type { Host, Invocation } from '@bazaar/sdk/host';
import type { Actor, PluginDatabase } from '../data/index.ts';
import type { PluginContract } from './contract/plugin-contract.ts';

/** Trust is the operator's decision: it stands in plugins.lock.json, never in a manifest. */
export type Tier = 'inline' | 'sandbox';

export interface LockEntry {
  id: string;
  version: string;
  /** `sha512-…` over the package's files. */
  integrity: string;
  /** Folder relative to the lock file, or a package specifier. */
  source: string;
  tier: Tier;
  grantedCapabilities: string[];
}

export type PluginState = 'active' | 'draining' | 'inactive' | 'parked' | 'failed';

export interface LoadedPlugin {
  manifest: Manifest;
  lock: LockEntry;
  /** Absolute path of the package's folder. */
  folder: string;
  /** Every packed path: what the plugin may import as a file of a tenant. */
  files: ReadonlySet<string>;
  /** Demo tenant's slug → the data handed to the `demo` handler. */
  demo: ReadonlyMap<string, JsonValue>;
  /** What the operator has granted. */
  capabilities: ReadonlySet<string>;
  database: PluginDatabase;
  runtime: PluginRuntime;
  actions: ReadonlyMap<string, ActionDeclaration>;
  /** Checks made from the manifest, compiled on first use. */
  contract: PluginContract;
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
}

/** One call of a handler: plain data, the way out, and how long it may take. */
export interface RuntimeCall {
  invocation: Invocation;
  host: Host;
  deadlineMs: number;
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
  close(): Promise<void>;
}

/** What a tier needs to bring a plugin to life. */
export interface RuntimeSource {
  manifest: Manifest;
  folder: string;
  /** Module that exports the definition, below the folder. */
  entry: string;
}

/** Rejects in words when the module cannot be loaded or its handlers are not those of the manifest. */
export type RuntimeFactory = (source: RuntimeSource) => Promise<PluginRuntime>;

export interface PluginRegistry {
  get(id: string): LoadedPlugin | undefined;
  /** In the order in which they depend on each other. */
  all(): readonly LoadedPlugin[];
  /** Every known plugin, also those that failed to load. */
  statuses(): readonly PluginStatus[];
}

/** Runs an action with all of its checks: licence, enabled, permission, input schema; then the runtime. */
export interface ActionInvoker {
  invoke(pluginId: string, action: string, call: ActionCall): Promise<JsonValue>;
  /** Those checks of `invoke` that need no input, so that an upload is refused before it is stored. */
  admit(pluginId: string, action: string, caller: Pick<ActionCall, 'tenant' | 'user'>): Promise<void>;
}

export interface ActionCall {
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  input: JsonObject;
}
