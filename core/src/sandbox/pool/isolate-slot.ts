import type { JsonValue } from '@bazaar/sdk';
import type { HostOperation, HostOperations } from '@bazaar/sdk/host';
import { errorText, guestError, parseGuestJson } from '../boundary.ts';
import type { SandboxProcess } from '../process/sandbox-process.ts';
import { FRAME } from '../wire/frames.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';

let lastCall = 0;

/** One isolate in one process: the plugin's version for one tenant. */
export class IsolateSlot {
  readonly id: number;
  readonly plugin: PluginVersion;
  readonly running = new Map<number, PendingCall>();
  /** Call sent by number, in the order in which they came. */
  readonly waiting: PendingCall[] = [];
  readonly opened = Promise.withResolvers<string>();
  usedAt = performance.now();
  isOpen = false;
  /** Takes no more calls; ends with its last. */
  retired = false;
  readonly #process: SandboxProcess;
  readonly #callsAtOnce: number;

  constructor(id: number, plugin: PluginVersion, process: SandboxProcess, callsAtOnce: number) {
    this.id = id;
    this.plugin = plugin;
    this.#process = process;
    this.#callsAtOnce = callsAtOnce;
    this.opened.promise.catch(() => {
      // Each waiting call is told as well.
    });
  }

  get isIdle(): boolean {
    return this.running.size === 0 && this.waiting.length === 0;
  }

  add(call: PendingCall): void {
    this.waiting.push(call);
    this.advance();
  }

  advance(): void {
    this.usedAt = performance.now();
    while (this.isOpen && this.running.size < this.#callsAtOnce) {
      const call = this.waiting.shift();
      if (!call) return;
      if (call.ended) continue;
      lastCall = (lastCall + 1) % 0xffffffff;
      call.attempts += 1;
      this.running.set(lastCall, call);
      this.#process.send(FRAME.call, this.id, lastCall, 0, [call.group, call.name, call.invocation, call.input]);
    }
  }

  open(description: string): void {
    this.isOpen = true;
    this.opened.resolve(description);
    this.advance();
  }

  finish(number: number, returned: boolean, cpuMicros: number, text: string): void {
    const call = this.running.get(number);
    if (!call) return;
    this.running.delete(number);
    call.cpuMicros += cpuMicros;
    if (!returned) call.reject(guestError(text));
    else {
      try {
        call.resolve(parseGuestJson(text, `the result of "${call.name}"`));
      } catch (error) {
        call.reject(error);
      }
    }
    this.advance();
  }

  /** A question of a handler. The answer goes back only while the call is still running. */
  async ask(number: number, question: number, operation: string, text: string): Promise<void> {
    const call = this.running.get(number);
    if (!call) return;
    call.hasAsked = true;
    let type: typeof FRAME.hostResult | typeof FRAME.hostError = FRAME.hostResult;
    let reply: string;
    try {
      const args = parseGuestJson(text, `arguments of "${operation.slice(0, 100)}"`);
      const result: JsonValue = (await call.call.host.call(
        operation as HostOperation,
        args as unknown as HostOperations[HostOperation]['args'],
      )) as JsonValue;
      reply = JSON.stringify(result);
    } catch (error) {
      type = FRAME.hostError;
      reply = errorText(error);
    }
    if (this.running.get(number) === call) this.#process.send(type, this.id, number, question, [reply]);
  }
}
