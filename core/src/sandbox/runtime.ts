import type { DeliveredEvent, JsonObject, JsonValue, PersonExportRequest } from '@bazaar/sdk';
import type { PluginRuntime, PrivacyHandler, RuntimeCall } from '../plugins/index.ts';
import { type HandlerGroup, PendingCall } from './pool/pending-call.ts';
import type { PluginVersion } from './pool/plugin-version.ts';
import type { ProcessPool } from './pool/process-pool.ts';

/** A plugin whose handlers run in isolates of other processes. */
export class SandboxRuntime implements PluginRuntime {
  readonly #plugin: PluginVersion;
  readonly #pool: ProcessPool;

  constructor(plugin: PluginVersion, pool: ProcessPool) {
    this.#plugin = plugin;
    this.#pool = pool;
  }

  action(name: string, call: RuntimeCall, input: JsonObject): Promise<JsonValue> {
    return this.#run('actions', name, call, input);
  }

  async subscription(name: string, call: RuntimeCall, event: DeliveredEvent<JsonObject>): Promise<void> {
    await this.#run('subscriptions', name, call, event as unknown as JsonObject);
  }

  async demo(call: RuntimeCall, data: JsonValue): Promise<void> {
    await this.#run('demo', 'demo', call, data);
  }

  privacy(name: PrivacyHandler, call: RuntimeCall, person: PersonExportRequest): Promise<JsonValue> {
    return this.#run('privacy', name, call, { ...person, files: [...person.files] });
  }

  offended(why: string): void {
    this.#pool.count(this.#plugin, why);
  }

  #run(group: HandlerGroup, name: string, call: RuntimeCall, input: JsonValue): Promise<JsonValue> {
    const pending = new PendingCall(this.#plugin, group, name, call, input);
    this.#pool.run(pending);
    return pending.result;
  }

  async close(): Promise<void> {
    this.#pool.forget(this.#plugin);
  }
}
