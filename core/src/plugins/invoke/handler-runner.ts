import type { DeliveredEvent, JsonObject, JsonValue, TenantIdentity, UserIdentity } from '@bazaar/sdk';
import type { Actor, ScheduledRun } from '../../data/index.ts';
import type { ApiError } from '../../errors/index.ts';
import type { ActionContract } from '../contract/plugin-contract.ts';
import type { HostServices } from '../host/services.ts';
import type { NestedActions } from '../host/session.ts';
import { Session } from '../host/session.ts';
import { SessionHost } from '../host/session-host.ts';
import type { LoadedPlugin, RuntimeCall } from '../types.ts';
import { auditEntry } from './audit-entry.ts';
import { invocationFailure } from './failure.ts';

/** On whose behalf a handler runs. */
export interface HandlerCall {
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  /** Ids of the plugins whose actions called one another to get here. */
  chain: readonly string[];
  /** The run of a schedule that ends with the commit. */
  run?: ScheduledRun;
}

export interface HandlerRunnerOptions {
  services: HostServices;
  /** Called after a commit that wrote events. */
  wakeRelay(): void;
  /** Checks what actions return against their schema. */
  validateOutputs: boolean;
  actionDeadlineMs: number;
  subscriptionDeadlineMs: number;
}

export interface Delivery {
  id: string;
  nodeId: string;
}

/**
 * Runs one handler in one unit of work: everything it writes commits together when it returns and is undone when it
 * throws. The only place where invocations begin and end.
 */
export class HandlerRunner {
  readonly #options: HandlerRunnerOptions;

  constructor(options: HandlerRunnerOptions) {
    this.#options = options;
  }

  /** An action that has been admitted, with an input that has been checked. */
  async action(
    plugin: LoadedPlugin,
    contract: ActionContract,
    call: HandlerCall,
    input: JsonObject,
    nested: NestedActions,
  ): Promise<JsonValue> {
    const { name, readOnly } = contract;
    const { session, runtime } = await this.#open(plugin, call, readOnly, nested);
    try {
      // Nobody waits for the answer of a schedule.
      const { actionDeadlineMs, subscriptionDeadlineMs } = this.#options;
      const runtimeCall = this.#runtimeCall(session, call.run ? subscriptionDeadlineMs : actionDeadlineMs);
      const output = await runtime.action(name, runtimeCall, input);
      session.end();
      if (this.#options.validateOutputs) this.#checkOutput(contract, output);
      if (!readOnly) {
        session.unit.audit(auditEntry(contract, input, output));
        if (call.run) session.unit.completeRun(call.run);
        await this.#commit(session);
      }
      return output;
    } catch (error) {
      throw await this.#undo(session, name, error);
    }
  }

  /** Rejects with what the handler threw; the delivery is then still there. */
  async subscription(
    plugin: LoadedPlugin,
    call: HandlerCall,
    event: DeliveredEvent<JsonObject>,
    delivery: Delivery,
    nested: NestedActions,
  ): Promise<void> {
    const { session, runtime } = await this.#open(plugin, call, false, nested);
    try {
      await runtime.subscription(event.name, this.#runtimeCall(session, this.#options.subscriptionDeadlineMs), event);
      session.end();
      session.unit.completeDelivery(delivery.id, delivery.nodeId);
      await this.#commit(session);
    } catch (error) {
      session.end();
      await session.unit.rollback();
      throw error;
    }
  }

  async demo(plugin: LoadedPlugin, call: HandlerCall, data: JsonValue, nested: NestedActions): Promise<void> {
    const { session, runtime } = await this.#open(plugin, call, false, nested);
    try {
      await runtime.demo(this.#runtimeCall(session, this.#options.subscriptionDeadlineMs), data);
      session.end();
      await this.#commit(session);
    } catch (error) {
      session.end();
      await session.unit.rollback();
      throw error;
    }
  }

  async #open(plugin: LoadedPlugin, call: HandlerCall, readOnly: boolean, actions: NestedActions) {
    const { database, runtime } = await plugin.live();
    const { tenant, user, actor, requestId } = call;
    const chain = [...call.chain, plugin.manifest.id];
    const unit = database.open({ tenantId: tenant.id, readOnly, actor, requestId });
    const { services } = this.#options;
    const session = new Session({ plugin, tenant, user, actor, requestId, readOnly, chain, unit, services, actions });
    return { session, runtime };
  }

  #runtimeCall(session: Session, deadlineMs: number): RuntimeCall {
    const { id, version } = session.plugin.manifest;
    const { tenant, user, requestId } = session;
    return {
      invocation: { plugin: { id, version }, tenant, user, requestId },
      host: new SessionHost(session),
      deadlineMs,
      readOnly: session.readOnly,
    };
  }

  #checkOutput(contract: ActionContract, output: JsonValue): void {
    const errors = contract.outputErrors(output);
    if (errors.length === 0) return;
    const places = errors
      .slice(0, 10)
      .map(({ pointer, message }) => `${pointer === '' ? '(the whole)' : pointer}: ${message}`);
    throw new TypeError(`the result of "${contract.name}" is not what its output schema promises: ${places.join(' ')}`);
  }

  async #commit(session: Session): Promise<void> {
    const { unit } = session;
    const { hasEvents } = unit;
    await unit.commit();
    if (hasEvents) this.#options.wakeRelay();
  }

  async #undo(session: Session, handler: string, error: unknown): Promise<ApiError> {
    session.end();
    await session.unit.rollback();
    const { plugin, requestId, tenant } = session;
    return invocationFailure(error, plugin, { handler, requestId, tenantId: tenant.id }, this.#options.services.log);
  }
}
