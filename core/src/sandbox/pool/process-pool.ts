import { closed, deadlinePassed, quarantined, restarted, stopped } from '../failures.ts';
import type { LaunchPlan } from '../process/launch.ts';
import { SandboxProcess } from '../process/sandbox-process.ts';
import type { SandboxLimits, SandboxTierOptions } from '../types.ts';
import type { IsolateSlot } from './isolate-slot.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';
import { ProcessSlot, type SlotOwner } from './process-slot.ts';

export interface Ground {
  plan: LaunchPlan;
  folder: string;
}

const SWEEP_MS = 50;

/** All processes: who runs where, and what happens when one of them is lost. */
export class ProcessPool implements SlotOwner {
  readonly limits: SandboxLimits;
  readonly #options: SandboxTierOptions;
  readonly #ground: Ground;
  readonly #shared: ProcessSlot[];
  readonly #solo = new Map<PluginVersion, ProcessSlot>();
  readonly #trial: ProcessSlot;
  readonly #calls = new Set<PendingCall>();
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SandboxTierOptions, limits: SandboxLimits, ground: Ground) {
    this.#options = options;
    this.limits = limits;
    this.#ground = ground;
    this.#shared = Array.from({ length: limits.sharedProcesses }, () => new ProcessSlot('shared', this));
    this.#trial = new ProcessSlot('trial', this);
  }

  get slots(): ProcessSlot[] {
    return [...this.#shared, ...this.#solo.values(), this.#trial];
  }

  start(slot: ProcessSlot): SandboxProcess {
    const { isolateMemoryMb: memoryMb, cpuMs, loadMs, graceMs, startMs } = this.limits;
    const { plan, folder } = this.#ground;
    const process = new SandboxProcess(
      { plan, folder, settings: { memoryMb, cpuMs, loadMs, graceMs, maxText: 16 * 1024 * 1024 }, startMs },
      {
        frame: (frame) => {
          if (slot.process === process) slot.receive(frame);
        },
        ended: (why) => {
          if (slot.process !== process) return;
          if (!this.#closed)
            this.#options.log.warn(
              { kind: slot.kind, pid: process.pid, why, lastWords: process.lastWords },
              'sandbox process lost',
            );
          slot.lost(why);
        },
      },
    );
    return process;
  }

  /** Loads the module in a process where it can harm no other, and ends it again. */
  async describe(plugin: PluginVersion): Promise<string> {
    const isolate = this.#trial.open(plugin);
    try {
      return await isolate.opened.promise;
    } finally {
      this.#trial.close(isolate);
      this.#trial.forget(plugin);
    }
  }

  run(call: PendingCall): void {
    const { plugin } = call;
    if (this.#closed) {
      call.reject(closed());
      return;
    }
    if (plugin.quarantine !== undefined) {
      call.reject(quarantined(plugin));
      return;
    }
    this.#calls.add(call);
    const forget = () => this.#calls.delete(call);
    call.result.then(forget, forget);
    this.#sweep ??= setInterval(() => this.#look(), SWEEP_MS);
    this.#slotOf(plugin).add(call);
  }

  #slotOf(plugin: PluginVersion): ProcessSlot {
    const shared = this.#shared[plugin.shard % this.#shared.length];
    if (!shared) throw new Error('the sandbox has no processes');
    return shared;
  }

  #look(): void {
    const now = performance.now();
    for (const call of this.#calls) if (now > call.deadline) call.reject(deadlinePassed(call));
    if (this.#calls.size === 0) {
      clearInterval(this.#sweep);
      this.#sweep = undefined;
    }
  }

  isolateLost(_slot: ProcessSlot, isolate: IsolateSlot, why: string): void {
    for (const call of isolate.running.values()) call.reject(stopped(call, why));
    for (const call of isolate.waiting) this.#slotOf(call.plugin).add(call);
  }

  processLost(_slot: ProcessSlot, isolates: IsolateSlot[], why: string): void {
    for (const isolate of isolates) {
      isolate.opened.reject(new Error(`its sandbox process was lost: ${why}`));
      for (const call of isolate.running.values()) call.reject(restarted(call));
      for (const call of isolate.waiting) this.#slotOf(call.plugin).add(call);
    }
  }

  forget(plugin: PluginVersion): void {
    for (const call of this.#calls) if (call.plugin === plugin) call.reject(closed());
    for (const slot of this.slots) slot.forget(plugin);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweep);
    for (const call of this.#calls) call.reject(closed());
    for (const slot of this.slots) slot.process?.kill('the kernel is stopping');
  }
}
