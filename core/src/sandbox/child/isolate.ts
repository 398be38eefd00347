import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ivmTypes from 'isolated-vm';
import type { Guest } from '../guest/boot.ts';
import { parseUrl } from './url-service.ts';

const MAX_RANDOM = 65_536;
/** One more than the guest's own code ever asks for. */
const MAX_TIMERS = 1_001;
/** Exported last of all: it can be read once the module has done all of its work. */
const LOADED = '$isLoaded';

const ivm = (createRequire(import.meta.url)(join(import.meta.dirname, 'isolated-vm.node')) as { ivm: typeof ivmTypes })
  .ivm;

export interface GuestEvents {
  ask(call: number, question: number, operation: string, args: string): void;
  finish(call: number, returned: boolean, text: string): void;
}

export interface GuestOptions {
  /** A module text without imports whose default export is the definition. */
  bundle: string;
  /** Script text that leaves a function `start` in the variable `Boot`. */
  boot: string;
  /** What stack traces call the module. */
  name: string;
  loadMs: number;
}

type Call = ivmTypes.Reference<Guest['run']>;
type Answer = ivmTypes.Reference<Guest['answer']>;

/** One isolate with one plugin in it. All of the plugin's code runs on threads of isolated-vm, never on this one. */
export class GuestIsolate {
  readonly #isolate: ivmTypes.Isolate;
  #rest: ivmTypes.Reference<() => void> | undefined;
  #run: Call | undefined;
  #answer: Answer | undefined;
  #fire: ivmTypes.Reference<Guest['fire']> | undefined;
  readonly #timers = new Set<NodeJS.Timeout>();
  #lastMicros = 0;
  #servedMicros = 0;

  constructor(memoryMb: number, onCatastrophe: () => void) {
    this.#isolate = new ivm.Isolate({ memoryLimit: memoryMb, onCatastrophicError: onCatastrophe });
  }

  /** Resolves to the description of its handlers as JSON; rejects with what the module threw. */
  async load(options: GuestOptions, events: GuestEvents): Promise<string> {
    const context = await this.#isolate.createContext();
    const guest = (await context.evalClosure(
      // Strict: no function of it, and no `this`, can be had from a stack trace.
      `'use strict';\n${options.boot}\nreturn Boot.start({ ask: $0, finish: $1, startTimer: $2, parseUrl: $3, randomBytes: $4 })`,
      [
        new ivm.Callback(events.ask, { ignored: true }),
        new ivm.Callback(events.finish, { ignored: true }),
        new ivm.Callback((id: unknown, delay: unknown) => this.#startTimer(id, delay), { ignored: true }),
        new ivm.Callback((...parts: unknown[]) => this.#served(() => parseUrl(...parts))),
        new ivm.Callback((count: unknown) =>
          this.#served(() => randomBytes(Math.min(Number(count), MAX_RANDOM)).toString('latin1')),
        ),
      ],
      { result: { reference: true } },
    )) as ivmTypes.Reference<Guest>;
    const adopt = await guest.get('adopt', { reference: true });
    this.#rest = (await guest.get('rest', { reference: true })) as ivmTypes.Reference<() => void>;
    this.#fire = (await guest.get('fire', { reference: true })) as ivmTypes.Reference<Guest['fire']>;
    this.#run = (await guest.get('run', { reference: true })) as Call;
    this.#answer = (await guest.get('answer', { reference: true })) as Answer;
    const module = await this.#isolate.compileModule(`${options.bundle}\n;export const ${LOADED} = true;`, {
      filename: options.name,
    });
    const [specifier] = module.dependencySpecifiers;
    if (specifier !== undefined) throw new Error(`it imports "${specifier}", which does not exist in a sandbox`);
    await module.instantiate(context, () => {
      throw new Error('nothing can be imported in a sandbox');
    });
    await module.evaluate();
    const definition = await exported(module, options.loadMs);
    const text: unknown = await adopt.apply(undefined, [definition.derefInto()], { result: { copy: true } });
    return typeof text === 'string' ? text : 'null';
  }

  /** Time that this thread spends on behalf of a waiting guest counts as the guest's. */
  #served(work: () => string): string {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.#servedMicros += (performance.now() - started) * 1_000;
    }
  }

  #startTimer(id: unknown, delay: unknown): void {
    if (typeof id !== 'number' || typeof delay !== 'number' || this.#timers.size >= MAX_TIMERS) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#fire?.applyIgnored(undefined, [id]);
    }, delay);
    this.#timers.add(timer);
  }

  run(call: number, group: string, name: string, invocation: string, input: string): void {
    this.#run?.applyIgnored(undefined, [call, group, name, invocation, input]);
  }

  answer(question: number, ok: boolean, text: string): void {
    this.#answer?.applyIgnored(undefined, [question, ok, text]);
  }

  /** Time its code has been on a thread so far, in microseconds. */
  get threadMicros(): number {
    if (!this.#isolate.isDisposed) this.#lastMicros = Number(this.#isolate.cpuTime / 1000n);
    return this.#lastMicros + this.#servedMicros;
  }

  /** What it holds in its heap and beside it. Resolves when its code rests; rejects when it has been ended. */
  async memoryBytes(): Promise<number> {
    const { used_heap_size: heap, externally_allocated_size: external } = await this.#isolate.getHeapStatistics();
    return heap + external;
  }

  get isDisposed(): boolean {
    return this.#isolate.isDisposed;
  }

  /** Resolves once none of its code runs any more; never, when that does not come to an end. */
  async end(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const rest = this.#rest?.apply(undefined, []);
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
    await rest?.catch(() => {
      // The context ends with the isolate.
    });
  }
}

/** The module may still be at work on its top level: its exports cannot be read before that is done. */
async function exported(module: ivmTypes.Module, loadMs: number): Promise<ivmTypes.Reference<unknown>> {
  const deadline = performance.now() + loadMs;
  for (;;) {
    try {
      await module.namespace.get(LOADED);
      return (await module.namespace.get('default', { reference: true })) as ivmTypes.Reference<unknown>;
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      if (performance.now() > deadline) throw new Error(`it did not finish loading within ${loadMs / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
