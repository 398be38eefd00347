import type { TenantIdentity, UserIdentity } from '@bazaar/sdk';
import type { Host, HostOperation, HostOperations } from '@bazaar/sdk/host';
import type { Actor, PluginUnitOfWork } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { assertJson, NotJsonError } from '../boundary/json-check.ts';
import { asProblem } from '../boundary/problems.ts';
import type { LoadedPlugin } from '../types.ts';
import { OPERATIONS } from './operations/index.ts';
import type { HostServices, NestedActions } from './services.ts';

/** Arguments of one operation: large enough for a document's text, small enough to be harmless. */
const ARGUMENT_LIMITS = { maxCharacters: 8 * 1024 * 1024, maxValues: 200_000 };

export interface SessionOptions {
  plugin: LoadedPlugin;
  tenant: TenantIdentity;
  user: UserIdentity | null;
  actor: Actor;
  requestId: string;
  readOnly: boolean;
  /** How many actions called one another to get here; 0 for a call from outside. */
  depth: number;
  unit: PluginUnitOfWork;
  services: HostServices;
  actions: NestedActions;
}

/** The kernel's side of one invocation: every host call of the handler comes here, until the handler has ended. */
export class Session implements Host {
  readonly plugin: LoadedPlugin;
  readonly tenant: TenantIdentity;
  readonly user: UserIdentity | null;
  readonly actor: Actor;
  readonly requestId: string;
  readonly readOnly: boolean;
  readonly depth: number;
  readonly unit: PluginUnitOfWork;
  readonly services: HostServices;
  readonly actions: NestedActions;
  /** Events and log lines of this invocation so far. */
  readonly counts = { events: 0, logLines: 0 };
  #ended = false;

  constructor(options: SessionOptions) {
    this.plugin = options.plugin;
    this.tenant = options.tenant;
    this.user = options.user;
    this.actor = options.actor;
    this.requestId = options.requestId;
    this.readOnly = options.readOnly;
    this.depth = options.depth;
    this.unit = options.unit;
    this.services = options.services;
    this.actions = options.actions;
  }

  /** Refuses every further call: what a handler left running must not act after its transaction. */
  end(): void {
    this.#ended = true;
  }

  async call<Op extends HostOperation>(
    operation: Op,
    args: HostOperations[Op]['args'],
  ): Promise<HostOperations[Op]['result']> {
    if (this.#ended) throw new Error(`"${operation}" was called after its handler had ended; await every call`);
    const perform = OPERATIONS[operation];
    if (!perform) throw new Error(`the kernel has no operation "${operation}"`);
    try {
      assertJson(args, ARGUMENT_LIMITS);
    } catch (error) {
      if (!(error instanceof NotJsonError)) throw error;
      throw new TypeError(`arguments of "${operation}" must be JSON: ${error.message}`);
    }
    try {
      return await perform(this, args);
    } catch (error) {
      // Plugins know problems only: kernel errors do not cross.
      throw error instanceof ApiError ? asProblem(error) : error;
    }
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
