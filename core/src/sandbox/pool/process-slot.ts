import { busy } from '../failures.ts';
import type { SandboxProcess } from '../process/sandbox-process.ts';
import type { ProcessFacts, SandboxLimits } from '../types.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { IsolateSlot } from './isolate-slot.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';

/** What a process slot needs of the pool. */
export interface SlotOwner {
  readonly limits: SandboxLimits;
  start(slot: ProcessSlot): SandboxProcess;
  /** An isolate was ended for its behaviour, and with it these calls. */
  isolateLost(slot: ProcessSlot, isolate: IsolateSlot, why: string): void;
  processLost(slot: ProcessSlot, isolates: IsolateSlot[], why: string, culprit: PluginVersion | undefined): void;
}

let lastIsolate = 0;

/** A place for one process, which is started with the first call and again after it was lost. */
export class ProcessSlot {
  readonly kind: ProcessFacts['kind'];
  readonly isolates = new Map<number, IsolateSlot>();
  process: SandboxProcess | undefined;
  usedAt = performance.now();
  /** Who is to blame for the end that is coming. */
  culprit: PluginVersion | undefined;
  readonly #owner: SlotOwner;
  /** In the order in which they were last used. */
  readonly #byTenant = new Map<string, IsolateSlot>();
  readonly #bundles = new Set<number>();

  constructor(kind: ProcessFacts['kind'], owner: SlotOwner) {
    this.kind = kind;
    this.#owner = owner;
  }

  get running(): number {
    let count = 0;
    for (const isolate of this.isolates.values()) count += isolate.running.size + isolate.waiting.length;
    return count;
  }

  /** Puts a call into the isolate of its tenant, which is made when there is none. */
  add(call: PendingCall): void {
    this.usedAt = performance.now();
    const key = `${call.plugin.number} ${call.tenantId}`;
    let isolate = this.#byTenant.get(key);
    if (isolate?.retired) isolate = undefined;
    if (isolate) {
      if (isolate.waiting.length >= this.#owner.limits.waitingPerIsolate) {
        call.reject(busy(call.plugin));
        return;
      }
      this.#byTenant.delete(key);
    } else {
      this.#makeRoom();
      if (this.isolates.size >= 2 * this.#owner.limits.isolatesPerProcess) {
        call.reject(busy(call.plugin));
        return;
      }
      isolate = this.open(call.plugin);
    }
    this.#byTenant.set(key, isolate);
    isolate.add(call);
  }

  open(plugin: PluginVersion): IsolateSlot {
    this.process ??= this.#owner.start(this);
    if (!this.#bundles.has(plugin.number)) {
      this.#bundles.add(plugin.number);
      this.process.send(FRAME.bundle, plugin.number, 0, 0, [plugin.bundle, plugin.module]);
    }
    lastIsolate = (lastIsolate + 1) % 0xffffffff;
    const isolate = new IsolateSlot(lastIsolate, plugin, this.process, this.#owner.limits.callsPerIsolate);
    this.isolates.set(isolate.id, isolate);
    this.process.send(FRAME.open, isolate.id, plugin.number, 0);
    return isolate;
  }

  /** Ends an isolate without blame. */
  close(isolate: IsolateSlot): void {
    if (!this.isolates.delete(isolate.id)) return;
    for (const [key, other] of this.#byTenant) if (other === isolate) this.#byTenant.delete(key);
    this.process?.send(FRAME.close, isolate.id, 0, 0);
  }

  forget(plugin: PluginVersion): void {
    for (const isolate of [...this.isolates.values()]) if (isolate.plugin === plugin) this.close(isolate);
    if (this.#bundles.delete(plugin.number)) this.process?.send(FRAME.dropBundle, plugin.number, 0, 0);
  }

  /** Idle isolates beyond the limit go, the longest unused first. */
  #makeRoom(): void {
    for (const isolate of this.#byTenant.values()) {
      if (this.isolates.size < this.#owner.limits.isolatesPerProcess) return;
      if (isolate.isIdle) this.close(isolate);
    }
  }

  receive({ type, isolate: id, call, extra, texts }: Frame): void {
    const isolate = this.isolates.get(id);
    const [first = '', second = ''] = texts;
    if (!isolate) return;
    switch (type) {
      case FRAME.hostCall:
        void isolate.ask(call, extra, first, second);
        return;
      case FRAME.returned:
      case FRAME.threw:
        isolate.finish(call, type === FRAME.returned, extra, first);
        if (isolate.retired && isolate.isIdle) this.close(isolate);
        return;
      case FRAME.opened:
        isolate.plugin.cpuMicros += extra;
        isolate.open(first);
        return;
      case FRAME.refused:
        this.close(isolate);
        isolate.opened.reject(new Error(first));
        for (const waiting of isolate.waiting) waiting.reject(new Error(`the module could not be loaded: ${first}`));
        return;
      case FRAME.lost:
        isolate.plugin.cpuMicros += extra;
        this.close(isolate);
        this.#owner.isolateLost(this, isolate, first);
        return;
      case FRAME.stuck:
        this.culprit ??= isolate.plugin;
        this.process?.kill('could not stop a handler');
        return;
    }
  }

  /** The process is gone: so are its isolates. */
  lost(why: string): void {
    const isolates = [...this.isolates.values()];
    const { culprit } = this;
    this.process = undefined;
    this.culprit = undefined;
    this.isolates.clear();
    this.#byTenant.clear();
    this.#bundles.clear();
    this.#owner.processLost(this, isolates, why, culprit);
  }
}
