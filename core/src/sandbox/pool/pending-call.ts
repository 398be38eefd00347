import type { JsonValue } from '@bazaar/sdk';
import type { RuntimeCall } from '../../plugins/index.ts';
import type { PluginVersion } from './plugin-version.ts';

export type HandlerGroup = 'actions' | 'subscriptions' | 'demo' | 'privacy';

/** A call on its way through the tier, from admission to its end. */
export class PendingCall {
  readonly plugin: PluginVersion;
  readonly group: HandlerGroup;
  readonly name: string;
  readonly call: RuntimeCall;
  readonly invocation: string;
  readonly input: string;
  /** On the clock of `performance.now`. */
  readonly deadline: number;
  /** Whether it has made a host call: from then on only a call that changes nothing may be repeated. */
  hasAsked = false;
  attempts = 0;
  /** How often it came back from a process that was lost. */
  returns = 0;
  /** Not yet answered by the kernel. */
  questions = 0;
  answeredAt = 0;
  /** The isolate it was given to. */
  isolateId = 0;
  cpuMicros = 0;
  readonly #promise = Promise.withResolvers<JsonValue>();
  #ended = false;

  constructor(plugin: PluginVersion, group: HandlerGroup, name: string, call: RuntimeCall, input: JsonValue) {
    this.plugin = plugin;
    this.group = group;
    this.name = name;
    this.call = call;
    this.invocation = JSON.stringify(call.invocation);
    this.input = JSON.stringify(input);
    this.deadline = performance.now() + call.deadlineMs;
  }

  get tenantId(): string {
    return this.call.invocation.tenant.id;
  }

  get result(): Promise<JsonValue> {
    return this.#promise.promise;
  }

  /** For the kernel's answer: its code rests, unless it does something else meanwhile. */
  get isWaiting(): boolean {
    return this.questions > 0 && performance.now() - this.answeredAt > 50;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether it can be run again after its process was lost. */
  get isRepeatable(): boolean {
    return this.attempts <= 1 && (this.call.readOnly || !this.hasAsked);
  }

  resolve(value: JsonValue): void {
    if (this.#end()) this.#promise.resolve(value);
  }

  reject(error: unknown): void {
    if (this.#end()) this.#promise.reject(error);
  }

  #end(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    const cpuMs = this.cpuMicros / 1_000;
    this.plugin.cpuMicros += this.cpuMicros;
    this.call.usage?.({ cpuMs });
    return true;
  }
}
