import type { JsonObject, JsonValue, TenantIdentity, UserIdentity } from '@bazaar/sdk';
import type { HostOperation } from '@bazaar/sdk/host';
import type { Actor, PluginUnitOfWork } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { QUOTA_EXCEEDED } from '../boundary/problems.ts';
import type { LoadedPlugin } from '../types.ts';
import type { CallMeter } from './call-meter.ts';
import type { HostServices } from './services.ts';

/** Calls from one plugin's handler to an action. */
export interface NestedActions {
  call(session: Session, action: string, input: JsonObject): Promise<JsonValue>;
  available(session: Session, action: string): Promise<boolean>;
}

export interface SessionOptions {
  plugin: LoadedPlugin;
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  readOnly: boolean;
  /** Ids of the plugins whose actions called one another to get here, this one last. */
  chain: readonly string[];
  unit: PluginUnitOfWork;
  services: HostServices;
  meter: CallMeter;
  actions: NestedActions;
}

/** The kernel's side of one invocation: what its host calls may use, until the handler has ended. */
export class Session {
  readonly plugin: LoadedPlugin;
  readonly tenant: TenantIdentity;
  readonly user: UserIdentity | null;
  readonly actor: Actor;
  readonly requestId: string;
  readonly readOnly: boolean;
  readonly chain: readonly string[];
  readonly unit: PluginUnitOfWork;
  readonly services: HostServices;
  readonly meter: CallMeter;
  readonly actions: NestedActions;
  /** Events, characters of their payloads, tasks and log lines of this invocation so far. */
  readonly counts = { events: 0, payloads: 0, tasks: 0, logLines: 0 };
  #ended = false;
  #quotaRefusal: ApiError | undefined;
  #hasLasting = false;

  constructor(options: SessionOptions) {
    this.plugin = options.plugin;
    this.tenant = options.tenant;
    this.user = options.user;
    this.actor = options.actor;
    this.requestId = options.requestId;
    this.readOnly = options.readOnly;
    this.chain = options.chain;
    this.unit = options.unit;
    this.services = options.services;
    this.meter = options.meter;
    this.actions = options.actions;
  }

  /** Refuses every further call: what a handler left running must not act after its transaction. */
  end(): void {
    this.#ended = true;
  }

  /** Throws once the handler has ended. */
  assertOpen(operation: string): void {
    if (this.#ended) throw new Error(`"${operation}" was called after its handler had ended; await every call`);
  }

  /** Records, in advance, an effect that a rollback does not undo. */
  lasting(): void {
    this.#hasLasting = true;
  }

  /** Whether a rollback undoes all that the handler has done, log lines and progress aside. */
  get leavesNothing(): boolean {
    return !this.#hasLasting;
  }

  /** Remembers the refusal of a host call that the plugin only sees as "unavailable". */
  refused(error: ApiError): void {
    if (error.code === QUOTA_EXCEEDED) this.#quotaRefusal = error;
  }

  /** The kernel's own refusal behind a problem that a plugin lets through; it has the `Retry-After`. */
  refusalBehind(problem: ApiError): ApiError {
    return problem.reason === QUOTA_EXCEEDED ? (this.#quotaRefusal ?? problem) : problem;
  }

  /** Rejects with `forbidden` unless the operator has granted it; notes that it was used. */
  need(capability: string): void {
    const { id, name } = this.plugin.manifest;
    if (!this.plugin.capabilities.has(capability)) {
      throw new ApiError('forbidden', `${name} has not been granted the capability "${capability}".`, {
        reason: 'capability-missing',
      });
    }
    this.services.usage.record(id, capability);
  }

  /** Throws in a `read` action: what it does may be repeated and is never committed. */
  needWrite(operation: HostOperation): void {
    if (this.readOnly) throw new Error(`"${operation}" changes something, but the action is declared as "read"`);
  }
}
