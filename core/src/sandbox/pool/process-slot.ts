import { busy } from '../failures.ts';
import type { SandboxProcess } from '../process/sandbox-process.ts';
import type { ProcessFacts, SandboxLimits } from '../types.ts';
import { FRAME, type Frame } from '../wire/frames.ts';
import { IsolateSlot } from './isolate-slot.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';
import { type Trace, traceOf } from './suspects.ts';

/** What a process slot needs of the pool. */
export interface SlotOwner {
  readonly limits: SandboxLimits;
  start(slot: ProcessSlot): SandboxProcess;
  /** An isolate was ended for its behaviour, and with it its calls. */
  isolateLost(isolate: IsolateSlot, why: string): void;
  processLost(slot: ProcessSlot, lost: LostProcess): void;
}

export interface LostProcess {
  isolates: IsolateSlot[];
  traces: Trace[];
  /** Completes "its process …". */
  why: string;
  /** Who is to blame, where that is known. */
  culprit: PluginVersion | undefined;
  /** The forced end has been counted already. */
  isCounted: boolean;
}

/** An isolate that was told to end, and is not yet known to have ended. */
interface Ending {
  plugin: PluginVersion;
  isCounted: boolean;
}

/** What an isolate has done may end the process for so long after it is gone. */
const DEPARTED_MS = 3_000;
const MANY_DEPARTED = 100;

let lastIsolate = 0;

/** A place for one process, which is started with the first call and again after it was lost. */
export class ProcessSlot {
  readonly kind: ProcessFacts['kind'];
  readonly isolates = new Map<number, IsolateSlot>();
  process: SandboxProcess | undefined;
  startedAt = 0;
  #usedAt = performance.now();
  readonly #owner: SlotOwner;
  /** In the order in which they were last used. */
  readonly #byTenant = new Map<string, IsolateSlot>();
  readonly #ending = new Map<number, Ending>();
  readonly #bundles = new Set<number>();
  /** Isolates that are gone, the latest last. */
  readonly #departed: (Trace & { at: number })[] = [];
  #culprit: Ending | undefined;

  constructor(kind: ProcessFacts['kind'], owner: SlotOwner) {
    this.kind = kind;
    this.#owner = owner;
  }

  get calls(): number {
    let count = 0;
    for (const isolate of this.isolates.values()) count += isolate.calls;
    return count;
  }

  get isIdle(): boolean {
    for (const isolate of this.isolates.values()) if (!isolate.isOpen || !isolate.isIdle) return false;
    return this.#ending.size === 0;
  }

  /** Whether nothing of it has been used since then, on the clock of `performance.now`. */
  isUnused(since: number): boolean {
    for (const isolate of this.isolates.values()) if (isolate.usedAt > since) return false;
    return this.#usedAt < since;
  }

  /** Puts a call into the isolate of its tenant, which is made when there is none. */
  add(call: PendingCall): void {
    const key = `${call.plugin.number} ${call.tenantId}`;
    let isolate = this.#byTenant.get(key);
    this.#byTenant.delete(key);
    if (!isolate || isolate.retired) {
      this.#makeRoom();
      isolate = this.isolates.size < 2 * this.#owner.limits.isolatesPerProcess ? this.open(call.plugin) : undefined;
    }
    if (isolate) this.#byTenant.set(key, isolate);
    const { callsPerIsolate, waitingPerIsolate } = this.#owner.limits;
    if (!isolate || isolate.calls >= callsPerIsolate + waitingPerIsolate) call.reject(busy(call.plugin));
    else isolate.add(call);
  }

  open(plugin: PluginVersion): IsolateSlot {
    this.#usedAt = performance.now();
    if (!this.process) {
      this.process = this.#owner.start(this);
      this.startedAt = this.#usedAt;
    }
    if (!this.#bundles.has(plugin.number)) {
      this.#bundles.add(plugin.number);
      this.process.send(FRAME.bundle, { isolate: plugin.number, texts: [plugin.bundle, plugin.module] });
    }
    lastIsolate = (lastIsolate + 1) % 0xffffffff;
    const isolate = new IsolateSlot(lastIsolate, plugin, this.process, this.#owner.limits.callsPerIsolate);
    this.isolates.set(isolate.id, isolate);
    this.process.send(FRAME.open, { isolate: isolate.id, call: plugin.number });
    return isolate;
  }

  /** Gives up a call; its isolate takes no other, because it may be held up by it. Tells whether it was computing. */
  abandon(call: PendingCall): boolean {
    const isolate = this.isolates.get(call.isolateId);
    if (!isolate) return false;
    const { isHot } = isolate;
    isolate.abandon(call);
    isolate.retired = true;
    for (const waiting of isolate.waiting.splice(0)) this.add(waiting);
    if (isolate.isIdle) this.close(isolate);
    return isHot;
  }

  /** Ends an isolate without blame. */
  close(isolate: IsolateSlot): void {
    if (!this.#drop(isolate)) return;
    this.#ending.set(isolate.id, { plugin: isolate.plugin, isCounted: false });
    this.process?.send(FRAME.close, { isolate: isolate.id });
  }

  #drop(isolate: IsolateSlot): boolean {
    this.#departed.push({ ...traceOf(isolate, performance.now()), at: performance.now() });
    if (this.#departed.length > 2 * MANY_DEPARTED) this.#departed.splice(0, MANY_DEPARTED);
    for (const [key, other] of this.#byTenant) if (other === isolate) this.#byTenant.delete(key);
    return this.isolates.delete(isolate.id);
  }

  forget(plugin: PluginVersion): void {
    for (const isolate of [...this.isolates.values()]) if (isolate.plugin === plugin) this.close(isolate);
    if (this.#bundles.delete(plugin.number)) this.process?.send(FRAME.dropBundle, { isolate: plugin.number });
  }

  /** Idle isolates that nobody has used since `before` go. */
  closeIdle(before: number): void {
    for (const isolate of [...this.#byTenant.values()]) {
      if (isolate.isOpen && isolate.isIdle && isolate.usedAt < before) this.close(isolate);
    }
  }

  /** Idle isolates beyond the limit go, the longest unused first. */
  #makeRoom(): void {
    for (const isolate of [...this.#byTenant.values()]) {
      if (this.isolates.size < this.#owner.limits.isolatesPerProcess) return;
      if (isolate.isOpen && isolate.isIdle) this.close(isolate);
    }
  }

  receive(frame: Frame): void {
    const { type, isolate: id } = frame;
    if (type === FRAME.closed) this.#ending.delete(id);
    else if (type === FRAME.stuck) {
      this.#culprit ??= this.#ending.get(id);
      this.process?.kill('could not stop a handler');
    } else {
      const isolate = this.isolates.get(id);
      if (isolate) this.#receive(isolate, frame);
    }
  }

  #receive(isolate: IsolateSlot, { type, call, extra, texts: [first = '', second = ''] }: Frame): void {
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
      case FRAME.doomed:
        this.#culprit ??= { plugin: isolate.plugin, isCounted: false };
        return;
      case FRAME.hot:
        isolate.setHot(extra === 1);
        return;
      case FRAME.refused:
        this.#drop(isolate);
        this.#ending.set(isolate.id, { plugin: isolate.plugin, isCounted: false });
        isolate.refuse(first);
        return;
      case FRAME.lost:
        this.#drop(isolate);
        this.#ending.set(isolate.id, { plugin: isolate.plugin, isCounted: true });
        this.#owner.isolateLost(isolate, first);
        return;
    }
  }

  /** Ends the process; no plugin is to blame. */
  end(): void {
    const { process } = this;
    this.process = undefined;
    for (const isolate of this.isolates.values()) isolate.opened.reject(new Error('its sandbox process was ended'));
    this.#clear();
    process?.kill('was ended');
  }

  #clear(): void {
    this.#culprit = undefined;
    this.isolates.clear();
    this.#byTenant.clear();
    this.#ending.clear();
    this.#bundles.clear();
    this.#departed.length = 0;
  }

  /** The process is gone: so are its isolates. */
  lost(why: string): void {
    const now = performance.now();
    const isolates = [...this.isolates.values()];
    // No plugin's code has run in a process that did not even start.
    const hasRun = this.process?.isStarted ?? false;
    const departed = this.#departed.filter(({ at }) => now - at < DEPARTED_MS);
    const traces = hasRun ? [...isolates.map((isolate) => traceOf(isolate, now)), ...departed] : [];
    const culprit = this.#culprit ?? alone(this.#ending, isolates);
    this.process = undefined;
    this.#clear();
    const isCounted = culprit?.isCounted ?? false;
    this.#owner.processLost(this, { isolates, traces, why, culprit: culprit?.plugin, isCounted });
  }
}

/** The one plugin that was being stopped when nobody else was at work. */
function alone(ending: ReadonlyMap<number, Ending>, isolates: readonly IsolateSlot[]): Ending | undefined {
  const [first, ...others] = ending.values();
  if (!first || others.some(({ plugin }) => plugin !== first.plugin)) return undefined;
  const now = performance.now();
  return isolates.some((isolate) => isolate.plugin !== first.plugin && isolate.isActive(now)) ? undefined : first;
}
