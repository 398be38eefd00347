import type { JsonObject, JsonValue } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import { fileIdsIn } from '../contract/file-fields.ts';
import { checkHandedOver } from '../host/operations/events.ts';
import type { NestedActions, Session } from '../host/session.ts';
import type { ActionCall, ActionInvoker, LoadedPlugin, PluginRegistry } from '../types.ts';
import { type Admission, understands } from './admission.ts';
import type { HandlerRunner } from './handler-runner.ts';

/** Actions that call one another deeper than this are taken for a cycle. */
const MAX_DEPTH = 5;

/** Every call of an action goes through here. */
export class Invoker implements ActionInvoker, NestedActions {
  readonly #plugins: PluginRegistry;
  readonly #admission: Admission;
  readonly #runner: HandlerRunner;

  constructor(plugins: PluginRegistry, admission: Admission, runner: HandlerRunner) {
    this.#plugins = plugins;
    this.#admission = admission;
    this.#runner = runner;
  }

  async invoke(plugin: LoadedPlugin, action: string, call: ActionCall): Promise<JsonValue> {
    const contract = this.#admission.find(plugin, action);
    const { input, ...caller } = call;
    const isSystem = call.actor.kind === 'system';
    await this.#admission.check(plugin, contract, { ...caller, isSystem, isInternal: isSystem });
    contract.checkInput(input);
    return this.#runner.action(plugin, contract, { ...caller, chain: [] }, input);
  }

  async admit(plugin: LoadedPlugin, action: string, caller: Pick<ActionCall, 'tenant' | 'user'>): Promise<void> {
    const contract = this.#admission.find(plugin, action);
    await this.#admission.check(plugin, contract, { ...caller, isSystem: false, isInternal: false });
  }

  /** A call from within a handler: rights of the person ∩ grants of the calling plugin ∩ licence. */
  async call(session: Session, fullName: string, input: JsonObject): Promise<JsonValue> {
    const [pluginId, action] = this.#granted(session, fullName);
    if (session.chain.length > MAX_DEPTH) {
      throw new Error(
        `"${fullName}" was called by actions calling one another ${MAX_DEPTH} deep; do they go in a circle?`,
      );
    }
    return this.#plugins.use(
      pluginId,
      session.tenant.id,
      (plugin) => this.#callOther(session, plugin, action, fullName, input),
      session.chain,
    );
  }

  async #callOther(
    session: Session,
    plugin: LoadedPlugin,
    action: string,
    fullName: string,
    input: JsonObject,
  ): Promise<JsonValue> {
    const contract = this.#admission.find(plugin, action);
    if (!understands(session.plugin, plugin)) {
      const { name, version } = plugin.manifest;
      throw new ApiError(
        'unavailable',
        `${name} is installed in version ${version}, which ${session.plugin.manifest.name} cannot use.`,
        {
          reason: 'version-mismatch',
        },
      );
    }
    if (session.readOnly && !contract.readOnly) session.needWrite('actions.call');
    const { tenant, user, actor, requestId } = session;
    const isSystem = user === null && actor.kind !== 'visitor';
    await this.#admission.check(plugin, contract, { tenant, user, isSystem, isInternal: true });
    if (contract.uploads.length > 0)
      throw new ApiError('forbidden', `"${fullName}" takes an upload; plugins cannot call it.`);
    // So that the two plugins never share an object.
    const copy = structuredClone(input);
    contract.checkInput(copy);
    await this.#handOver(session, plugin.manifest.id, fileIdsIn(copy, contract.fileIds));
    // It commits in a transaction of its own.
    if (!contract.readOnly) session.lasting();
    const byPlugin = { ...actor, kind: user ? actor.kind : ('plugin' as const) };
    const call = {
      tenant,
      user,
      actor: actor.kind === 'visitor' ? actor : byPlugin,
      requestId,
      chain: session.chain,
    };
    return structuredClone(await this.#runner.action(plugin, contract, call, copy));
  }

  available(session: Session, fullName: string): Promise<boolean> {
    const [pluginId, action] = this.#granted(session, fullName);
    return this.#admission.serves(pluginId, action, session.tenant.id, session.plugin);
  }

  #granted(session: Session, fullName: string): [pluginId: string, action: string] {
    const dot = fullName.indexOf('.');
    const pluginId = fullName.slice(0, Math.max(dot, 0));
    const action = fullName.slice(dot + 1);
    if (pluginId === '' || action === '')
      throw new TypeError(`"${fullName}" is not the full name of an action: <plugin>.<action>`);
    if (pluginId !== session.plugin.manifest.id) session.need(`action:${fullName}`);
    return [pluginId, action];
  }

  async #handOver(session: Session, receiver: string, fileIds: readonly string[]): Promise<void> {
    if (fileIds.length === 0 || receiver === session.plugin.manifest.id) return;
    await checkHandedOver(session, fileIds);
    for (const id of fileIds) await session.services.files.grant(session.tenant.id, id, receiver);
  }
}
