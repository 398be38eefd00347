import type { JsonValue } from '@bazaar/sdk';
import type { HostOperation, HostOperations } from '@bazaar/sdk/host';
import { errorText, guestError, parseGuestJson } from '../boundary.ts';
import type { SandboxProcess } from '../process/sandbox-process.ts';
import { ALLOWANCE, argumentsAllowance } from '../wire/allowances.ts';
import { FRAME, MAX_TEXT } from '../wire/frames.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';

/** What a handler leaves behind may run on for a moment. */
const REST_MS = 250;
/** What it has taken hold of while it was computing may do its harm a moment later. */
const HOT_MS = 750;

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
  /** It computes without rest, says its process. */
  isHot = false;
  /** When it was last said to. */
  #hotUntil = 0;
  /** When its last call ended, on the clock of `performance.now`. */
  restedAt = 0;
  readonly #process: SandboxProcess;
  readonly #callsAtOnce: number;
  /** Call → actions it has called and waits for. Meanwhile its place is another's: perhaps that action's own. */
  readonly #lent = new Map<number, number>();

  constructor(id: number, plugin: PluginVersion, process: SandboxProcess, callsAtOnce: number) {
    this.id = id;
    this.plugin = plugin;
    this.#process = process;
    this.#callsAtOnce = callsAtOnce;
    this.opened.promise.catch(() => {
      // Each waiting call is told as well.
    });
  }

  /** Whether code of the plugin may be running in it now, as far as can be told from here. */
  isActive(now: number): boolean {
    if (!this.isOpen || this.isHot || now - this.restedAt < REST_MS) return true;
    for (const call of this.running.values()) if (!call.isWaiting) return true;
    return false;
  }

  setHot(isHot: boolean): void {
    this.isHot = isHot;
    this.#hotUntil = performance.now();
  }

  /** Whether it computes without rest, or did a moment ago. */
  wasHot(now: number): boolean {
    return this.isHot || (this.#hotUntil > 0 && now - this.#hotUntil < HOT_MS);
  }

  get calls(): number {
    return this.running.size + this.waiting.length;
  }

  get isIdle(): boolean {
    return this.running.size === 0 && this.waiting.length === 0;
  }

  add(call: PendingCall): void {
    call.isolateId = this.id;
    this.waiting.push(call);
    this.advance();
  }

  advance(): void {
    this.usedAt = performance.now();
    while (this.isOpen && this.running.size - this.#lent.size < this.#callsAtOnce) {
      const call = this.waiting.shift();
      if (!call) return;
      if (call.ended) continue;
      lastCall = (lastCall + 1) % 0xffffffff;
      call.attempts += 1;
      this.running.set(lastCall, call);
      const texts = [call.group, call.name, call.invocation, call.input];
      this.#process.send(FRAME.call, { isolate: this.id, call: lastCall, texts });
    }
  }

  open(description: string): void {
    this.isOpen = true;
    this.opened.resolve(description);
    this.advance();
  }

  /** Its module could not be loaded. */
  refuse(why: string): void {
    this.opened.reject(new Error(why));
    for (const call of this.waiting) call.reject(new Error(`the module could not be loaded: ${why}`));
  }

  /** A call that is not to be waited for any more. */
  abandon(call: PendingCall): void {
    for (const [number, other] of this.running) if (other === call) this.#remove(number);
    const place = this.waiting.indexOf(call);
    if (place >= 0) this.waiting.splice(place, 1);
  }

  #remove(number: number): void {
    this.running.delete(number);
    this.#lent.delete(number);
  }

  #lend(number: number): void {
    this.#lent.set(number, (this.#lent.get(number) ?? 0) + 1);
    this.advance();
  }

  #takeBack(number: number): void {
    const count = this.#lent.get(number);
    if (count === undefined) return;
    if (count > 1) this.#lent.set(number, count - 1);
    else this.#lent.delete(number);
  }

  finish(number: number, returned: boolean, cpuMicros: number, text: string): void {
    const call = this.running.get(number);
    if (!call) return;
    this.#remove(number);
    this.restedAt = performance.now();
    call.cpuMicros += cpuMicros;
    if (!returned) call.reject(guestError(text));
    else {
      call.call.usage?.({ resultSize: text.length });
      try {
        call.resolve(parseGuestJson(text, `the result of "${call.name}"`, ALLOWANCE.result));
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
    if (operation !== 'log.write') call.hasAsked = true;
    call.questions += 1;
    if (operation === 'actions.call') this.#lend(number);
    let type: typeof FRAME.hostResult | typeof FRAME.hostError = FRAME.hostResult;
    let reply: string;
    try {
      const what = `arguments of "${operation}"`;
      const args = parseGuestJson(text, what, argumentsAllowance(operation), ALLOWANCE.argumentValues);
      const result: JsonValue = (await call.call.host.call(
        operation as HostOperation,
        args as unknown as HostOperations[HostOperation]['args'],
      )) as JsonValue;
      reply = JSON.stringify(result ?? null);
      if (reply.length > MAX_TEXT) throw new Error(`the answer to "${operation}" is too large for a sandbox`);
    } catch (error) {
      type = FRAME.hostError;
      reply = errorText(error);
    }
    call.questions -= 1;
    if (operation === 'actions.call') this.#takeBack(number);
    call.answeredAt = performance.now();
    if (this.running.get(number) === call) {
      this.#process.send(type, { isolate: this.id, call: number, extra: question, texts: [reply] });
    }
  }
}
