import type { DeliveredEvent, JsonObject, JsonValue, TenantIdentity } from '@bazaar/sdk';
import type { Licences } from '../../licensing/index.ts';
import type { HostServices } from '../host/services.ts';
import type { ActionInvoker, LoadedPlugin, PluginRegistry } from '../types.ts';
import { Admission } from './admission.ts';
import { HandlerRunner, type PrivacyCall } from './handler-runner.ts';
import { Invoker } from './invoker.ts';

export interface PluginCallsOptions {
  plugins: PluginRegistry;
  licences: Licences;
  services: HostServices;
  /** Called after a commit that wrote events. */
  wakeRelay(): void;
  /** Checks what actions return against their schema; costs a few microseconds a call. */
  validateOutputs: boolean;
  /** 30 s when absent. */
  actionDeadlineMs?: number;
  /** 120 s when absent. */
  subscriptionDeadlineMs?: number;
}

/** All ways to make a plugin's handler run. */
export interface PluginCalls {
  invoker: ActionInvoker;
  /**
   * Runs the subscription of a plugin; its unit of work removes the delivery. Rejects with what the handler threw. The
   * caller has checked the licence.
   */
  deliver(
    plugin: LoadedPlugin,
    tenant: TenantIdentity,
    event: DeliveredEvent<JsonObject>,
    delivery: { id: string; nodeId: string; requestId: string },
  ): Promise<void>;
  /** Runs the `demo` handler. */
  seed(plugin: LoadedPlugin, tenant: TenantIdentity, data: JsonValue): Promise<void>;
  /** Runs a handler about personal data, whatever the licence. */
  privacy(plugin: LoadedPlugin, tenant: TenantIdentity, call: PrivacyCall): Promise<void>;
}

const SYSTEM = { kind: 'system', userId: null } as const;

export function createPluginCalls(options: PluginCallsOptions): PluginCalls {
  const { actionDeadlineMs = 30_000, subscriptionDeadlineMs = 120_000 } = options;
  const runner = new HandlerRunner({ ...options, nested: () => invoker, actionDeadlineMs, subscriptionDeadlineMs });
  const invoker: Invoker = new Invoker(options.plugins, new Admission(options.plugins, options.licences), runner);
  const bySystem = (tenant: TenantIdentity, requestId: string) => ({
    tenant,
    user: null,
    actor: SYSTEM,
    requestId,
    chain: [],
  });
  return {
    invoker,
    deliver: (plugin, tenant, event, { id, nodeId, requestId }) =>
      runner.subscription(plugin, bySystem(tenant, requestId), event, { id, nodeId }),
    privacy: (plugin, tenant, call) => runner.privacy(plugin, bySystem(tenant, call.requestId), call),
    seed: (plugin, tenant, data) => runner.demo(plugin, bySystem(tenant, `demo-${tenant.slug}`), data),
  };
}
