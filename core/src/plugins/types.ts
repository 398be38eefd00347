import type { ActionDeclaration, JsonObject, JsonValue, Manifest, TenantIdentity, UserIdentity } from '@bazaar/sdk';
import type { Actor, PluginDatabase } from '../data/index.ts';

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
  database: PluginDatabase;
  runtime: PluginRuntime;
  actions: ReadonlyMap<string, ActionDeclaration>;
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

export interface Invocation {
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  readOnly: boolean;
}

/** The two tiers are two implementations of this. Arguments and results are JSON. */
export interface PluginRuntime {
  action(name: string, invocation: Invocation, input: JsonObject): Promise<JsonValue>;
  subscription(
    event: string,
    invocation: Invocation,
    delivery: JsonObject & { deliveryId: string; nodeId: string },
  ): Promise<void>;
  demo(invocation: Invocation, data: JsonValue): Promise<void>;
  close(): Promise<void>;
}

export interface PluginRegistry {
  get(id: string): LoadedPlugin | undefined;
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
