import type {
  DeliveredEvent,
  JsonObject,
  JsonValue,
  PersonExportRequest,
  TenantIdentity,
  UserIdentity,
} from '@bazaar/sdk';
import type { Actor, PluginScope, ScheduledRun, StagedUsage } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { Licences } from '../../licensing/index.ts';
import type { PrivacyHandler } from '../boundary/handlers.ts';
import { fromProblem } from '../boundary/problems.ts';
import type { ActionContract } from '../contract/plugin-contract.ts';
import type { CallKind, CallMeter, CallOutcome } from '../host/call-meter.ts';
import type { HostServices } from '../host/services.ts';
import type { NestedActions } from '../host/session.ts';
import { Session } from '../host/session.ts';
import { SessionHost } from '../host/session-host.ts';
import type { LoadedPlugin, PluginRuntime, RuntimeCall } from '../types.ts';
import { unlicensed } from './admission.ts';
import { auditEntry } from './audit-entry.ts';
import { invocationFailure, outcomeOf, wasInterrupted } from './failure.ts';

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
  licences: Licences;
  services: HostServices;
  /** Lets handlers call other actions. Looked up when a call begins, because those calls lead back to this runner. */
  nested(): NestedActions;
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

/** The data room's reason for a refused commit: the licence ended before it. */
const LICENCE_NOT_WRITABLE = 'licence-not-writable';

/** A call of a handler about personal data. */
export interface PrivacyCall {
  hook: PrivacyHandler;
  person: PersonExportRequest;
  requestId: string;
  /** Gets the unchecked result of each attempt. What the handler erased is committed when this has resolved. */
  accept(result: JsonValue): Promise<void>;
}

/** One run of a handler. */
interface Invocation {
  plugin: LoadedPlugin;
  call: HandlerCall;
  kind: CallKind;
  name: string;
  readOnly: boolean;
  /** Name of the meter that counts it. */
  meter?: string | undefined;
  deadlineMs: number;
  /** What the caller is told of an error that ended it. */
  explain(error: unknown, session: Session): unknown;
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
  action(plugin: LoadedPlugin, contract: ActionContract, call: HandlerCall, input: JsonObject): Promise<JsonValue> {
    const { name, readOnly } = contract;
    const { log } = this.#options.services;
    const about = { handler: name, requestId: call.requestId, tenantId: call.tenant.id };
    return this.#invoke(
      {
        plugin,
        call,
        readOnly,
        meter: contract.declaration.meter,
        kind: call.run ? 'schedule' : 'action',
        name,
        // Nobody waits for the answer of a schedule.
        deadlineMs: call.run ? this.#options.subscriptionDeadlineMs : this.#options.actionDeadlineMs,
        explain: (error, session) => session.refusalBehind(invocationFailure(error, plugin, about, log)),
      },
      async (session, runtime, runtimeCall) => {
        const output = await runtime.action(name, runtimeCall, input);
        session.end();
        if (this.#options.validateOutputs) this.#checkOutput(contract, output);
        if (!readOnly) {
          session.unit.audit(auditEntry(contract, input, output));
          if (call.run) session.unit.completeRun(call.run);
          await this.#commit(session);
        }
        return output;
      },
    );
  }

  /**
   * Rejects with what the handler threw, or with `quota-exceeded` when it was not begun; the delivery is then still
   * there.
   */
  subscription(
    plugin: LoadedPlugin,
    call: HandlerCall,
    event: DeliveredEvent<JsonObject>,
    delivery: Delivery,
  ): Promise<void> {
    const { name } = event;
    const meter = plugin.manifest.subscriptions?.find((one) => one.event === name)?.meter;
    return this.#invoke(
      { ...this.#inBackground('subscription', name, plugin, call), meter },
      async (session, runtime, to) => {
        await runtime.subscription(name, to, event);
        session.end();
        session.unit.completeDelivery(delivery.id, delivery.nodeId);
        await this.#commit(session);
      },
    );
  }

  demo(plugin: LoadedPlugin, call: HandlerCall, data: JsonValue): Promise<void> {
    return this.#invoke(this.#inBackground('demo', 'demo', plugin, call), async (session, runtime, to) => {
      await runtime.demo(to, data);
      session.end();
      await this.#commit(session);
    });
  }

  /**
   * Runs a hook about a person. `accept` gets its result; what the hook erases is committed once `accept` has resolved.
   * Needs no licence.
   */
  privacy(
    plugin: LoadedPlugin,
    call: HandlerCall,
    { hook, person, accept }: Omit<PrivacyCall, 'requestId'>,
  ): Promise<void> {
    const readOnly = hook === 'exportPerson';
    const inBackground = this.#inBackground('privacy', hook, plugin, call);
    return this.#invoke({ ...inBackground, readOnly }, async (session, runtime, to) => {
      const result = await runtime.privacy(hook, to, person);
      session.end();
      await accept(result);
      if (!readOnly) await this.#commit(session);
    });
  }

  #inBackground(
    kind: 'subscription' | 'demo' | 'privacy',
    name: string,
    plugin: LoadedPlugin,
    call: HandlerCall,
  ): Invocation {
    const deadlineMs = this.#options.subscriptionDeadlineMs;
    return { plugin, call, kind, name, readOnly: false, deadlineMs, explain: (error) => error };
  }

  /** Runs an invocation to its commit or rollback; counted and reported either way. */
  async #invoke<T>(
    invocation: Invocation,
    work: (session: Session, runtime: PluginRuntime, call: RuntimeCall) => Promise<T>,
  ): Promise<T> {
    const { plugin, call, kind, name } = invocation;
    const { services } = this.#options;
    const { id, version, name: title } = plugin.manifest;
    const handler = { plugin: id, version, tenantId: call.tenant.id, kind, name };
    const meter = services.meter.begin(handler, title);
    const started = performance.now();
    const used: { cpuMs?: number } = {};
    let outcome: CallOutcome = 'failed';
    try {
      const use = await this.#use(invocation).catch((error: unknown) => {
        outcome = outcomeOf(error);
        throw error;
      });
      for (let isFirst = true; ; isFirst = false) {
        const { session, runtime } = await this.#open(invocation, meter);
        if (use) session.unit.meter(use);
        try {
          const result = await work(session, runtime, this.#runtimeCall(session, invocation.deadlineMs, used));
          outcome = 'ok';
          return result;
        } catch (error) {
          session.end();
          await session.unit.rollback();
          // Another plugin caused this and the rollback left nothing behind, so the call is made once more.
          if (isFirst && wasInterrupted(error) && session.leavesNothing) continue;
          outcome = outcomeOf(error);
          throw invocation.explain(await this.#unlicensed(error, invocation), session);
        }
      }
    } finally {
      const ended = { ...handler, outcome, ms: performance.now() - started, ...used };
      meter.end(ended);
      services.observe(ended);
    }
  }

  /** What the call adds to its meter. Refused before anything is done when the licence allows no more of it. */
  async #use({ plugin, call, meter: name }: Invocation): Promise<StagedUsage | undefined> {
    const meter = plugin.manifest.pricing?.meters?.find((declared) => declared.name === name);
    return meter && this.#options.licences.allowance(call.tenant.id, plugin.manifest.id, meter);
  }

  /** Admission has checked the licence, but it may have ended since: it is checked here, and again at commit. */
  async #licence({ plugin, call, kind, readOnly }: Invocation): Promise<Pick<PluginScope, 'licence'>> {
    if (kind === 'privacy' || kind === 'demo') return { licence: 'not-needed' };
    if (readOnly) return {};
    const { writable } = await this.#options.licences.decide(call.tenant.id, plugin.manifest.id);
    return writable ? {} : { licence: 'read-only' };
  }

  /** Turns the database's refusal for want of a licence into the one that admission gives. */
  async #unlicensed(error: unknown, { plugin, call }: Invocation): Promise<unknown> {
    const refusal = error instanceof ApiError ? error : fromProblem(error);
    if (refusal?.reason !== LICENCE_NOT_WRITABLE) return error;
    const decision = await this.#options.licences.decide(call.tenant.id, plugin.manifest.id);
    // The cached licence may lag behind the database.
    return unlicensed(plugin, decision.writable ? { state: 'read-only', readable: true } : decision);
  }

  async #open(invocation: Invocation, meter: CallMeter) {
    const { plugin, call, kind, readOnly } = invocation;
    const { database, runtime } = await plugin.live();
    const { tenant, user, actor, requestId } = call;
    const chain = [...call.chain, plugin.manifest.id];
    const licence = await this.#licence(invocation);
    const unit = database.open({
      tenantId: tenant.id,
      readOnly,
      actor,
      requestId,
      beforeStatement: () => meter.statement(),
      // A person's data is erased however much there is, also by writing over it.
      ...(kind === 'privacy' ? {} : { beforeGrowth: () => meter.growth() }),
      changed: (rows) => meter.rows(0, rows),
      executed: (milliseconds) => meter.database(milliseconds),
      deaf: () => runtime.offended?.('left the database at a statement that nothing can interrupt'),
      ...licence,
    });
    const { services, nested } = this.#options;
    const about = { plugin, tenant, user, actor, requestId, readOnly, chain };
    return { session: new Session({ ...about, unit, services, meter, actions: nested() }), runtime };
  }

  #runtimeCall(session: Session, deadlineMs: number, used: { cpuMs?: number }): RuntimeCall {
    const { id, version } = session.plugin.manifest;
    const { tenant, user, requestId, readOnly, meter } = session;
    return {
      invocation: { plugin: { id, version }, tenant, user, requestId },
      host: new SessionHost(session),
      deadlineMs,
      readOnly,
      usage: ({ cpuMs, resultSize }) => {
        if (cpuMs !== undefined) used.cpuMs = cpuMs;
        if (resultSize !== undefined) meter.bytes(resultSize);
      },
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
}
