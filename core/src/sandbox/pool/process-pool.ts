import { closed, deadlinePassed, quarantined, restarted, stopped, tooLarge } from '../failures.ts';
import type { HostCode } from '../process/host-code.ts';
import type { LaunchPlan } from '../process/launch.ts';
import { residentBytes } from '../process/resident.ts';
import { SandboxProcess } from '../process/sandbox-process.ts';
import type { PluginFacts, ProcessFacts, SandboxLimits, SandboxTierOptions } from '../types.ts';
import { MAX_TEXT } from '../wire/frames.ts';
import type { IsolateSlot } from './isolate-slot.ts';
import { Offences } from './offences.ts';
import type { PendingCall } from './pending-call.ts';
import type { PluginVersion } from './plugin-version.ts';
import { checkHealth } from './process-health.ts';
import { type LostProcess, ProcessSlot, type SlotOwner } from './process-slot.ts';
import { judge } from './suspects.ts';

/** What processes are made from on this host. */
export interface Ground {
  plan: LaunchPlan;
  code: HostCode;
}

const SWEEP_MS = 50;
/** Sweeps between two looks at the processes themselves. */
const HEALTH_SWEEPS = 5;
const TIDY_MS = 15_000;

/** All processes: who runs where, and what happens when one of them is lost. */
export class ProcessPool implements SlotOwner {
  readonly limits: SandboxLimits;
  readonly #options: SandboxTierOptions;
  readonly #ground: Ground;
  readonly #shared: ProcessSlot[];
  readonly #solo = new Map<PluginVersion, ProcessSlot>();
  readonly #trial: ProcessSlot;
  readonly #calls = new Set<PendingCall>();
  readonly #plugins = new Set<PluginVersion>();
  readonly #offences: Offences;
  readonly #tidy: NodeJS.Timeout;
  #sweep: NodeJS.Timeout | undefined;
  #sweeps = 0;
  #sweptAt = 0;
  #closed = false;

  constructor(options: SandboxTierOptions, limits: SandboxLimits, ground: Ground) {
    this.#options = options;
    this.limits = limits;
    this.#ground = ground;
    this.#offences = new Offences(options, limits);
    this.#shared = Array.from({ length: limits.sharedProcesses }, () => new ProcessSlot('shared', this));
    this.#trial = new ProcessSlot('trial', this);
    this.#tidy = setInterval(() => this.#tidyUp(), TIDY_MS).unref();
  }

  get slots(): ProcessSlot[] {
    return [...new Set([...this.#shared, ...this.#solo.values(), this.#trial])];
  }

  start(slot: ProcessSlot): SandboxProcess {
    const { isolateMemoryMb: memoryMb, cpuMs, loadMs, graceMs, startMs } = this.limits;
    const { plan, code } = this.#ground;
    const process = new SandboxProcess(
      { plan, code, settings: { memoryMb, cpuMs, loadMs, graceMs, maxText: MAX_TEXT }, startMs },
      {
        frame: (frame) => {
          if (slot.process === process) slot.receive(frame);
        },
        ended: (why) => {
          if (slot.process !== process) return;
          const { pid, lastWords } = process;
          if (!this.#closed) this.#options.log.warn({ pid, kind: slot.kind, why, lastWords }, 'sandbox process lost');
          slot.lost(why);
        },
      },
    );
    return process;
  }

  /** Loads the module in a process where it can harm nobody else's work, and ends it again. */
  async describe(plugin: PluginVersion): Promise<string> {
    if (this.#closed) throw closed();
    this.#plugins.add(plugin);
    const isolate = this.#trial.open(plugin);
    const { process } = this.#trial;
    process?.hold();
    try {
      return await isolate.opened.promise;
    } finally {
      process?.release();
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
    if (call.input.length > MAX_TEXT) {
      call.reject(tooLarge(call));
      return;
    }
    this.#calls.add(call);
    const forget = () => this.#calls.delete(call);
    call.result.then(forget, forget);
    if (!this.#sweep) {
      this.#sweptAt = performance.now();
      this.#sweep = setInterval(() => this.#look(), SWEEP_MS);
    }
    this.#slotOf(plugin).add(call);
  }

  #slotOf(plugin: PluginVersion): ProcessSlot {
    const slot =
      plugin.soloUntil > performance.now() ? this.#soloOf(plugin) : this.#shared[plugin.shard % this.#shared.length];
    if (!slot) throw new Error('the sandbox has no processes');
    return slot;
  }

  /** A process of its own; when there are too many of those, the one with the least to do. */
  #soloOf(plugin: PluginVersion): ProcessSlot {
    const own = this.#solo.get(plugin);
    if (own) return own;
    const slots = [...new Set(this.#solo.values())];
    let slot: ProcessSlot | undefined;
    if (slots.length >= this.limits.soloProcesses) {
      slot = slots.find((other) => other.isIdle) ?? slots.sort((a, b) => a.calls - b.calls)[0];
    }
    slot ??= new ProcessSlot('solo', this);
    this.#solo.set(plugin, slot);
    return slot;
  }

  #look(): void {
    const now = performance.now();
    for (const call of this.#calls) {
      if (now <= call.deadline) continue;
      call.reject(deadlinePassed(call));
      const wasHot = this.slots.map((slot) => slot.abandon(call)).includes(true);
      if (wasHot) this.#count(call.plugin, 'did not come to an end');
    }
    this.#sweeps += 1;
    if (this.#sweeps % HEALTH_SWEEPS === 0) {
      for (const slot of this.slots) checkHealth(slot, this.limits, now - this.#sweptAt < 4 * SWEEP_MS);
    }
    this.#sweptAt = now;
    if (this.#calls.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  /** Memory and processes that nobody has needed for a while are given back. */
  #tidyUp(): void {
    const now = performance.now();
    for (const slot of this.slots) {
      slot.closeIdle(now - this.limits.isolateIdleMs);
      checkHealth(slot, this.limits, false);
    }
    for (const [plugin, slot] of this.#solo) {
      if (slot.isIdle && (plugin.soloUntil < now || slot.isUnused(now - this.limits.isolateIdleMs)))
        this.#remove(plugin);
    }
    if (this.#trial.isIdle && this.#trial.isUnused(now - this.limits.isolateIdleMs)) this.#trial.end();
  }

  isolateLost(isolate: IsolateSlot, why: string): void {
    const { plugin } = isolate;
    isolate.opened.reject(new Error(`it ${why}`));
    this.#count(plugin, why);
    for (const call of isolate.running.values()) call.reject(stopped(call, why));
    this.#again(isolate.waiting, plugin);
  }

  processLost(slot: ProcessSlot, { isolates, why, culprit: named, isCounted }: LostProcess): void {
    const now = performance.now();
    const { culprit, suspects } = judge(isolates, named, now);
    if (slot.kind !== 'trial') for (const plugin of suspects) plugin.soloUntil = now + this.limits.killWindowMs;
    if (culprit && !isCounted) this.#count(culprit, `brought its process down, which ${why}`);
    for (const isolate of isolates) {
      isolate.opened.reject(new Error(`its sandbox process ${why}`));
      for (const call of isolate.running.values()) {
        if (call.plugin === culprit) call.reject(stopped(call, 'brought its process down'));
        else if (call.isRepeatable) this.#again([call], call.plugin);
        else call.reject(restarted(call));
      }
      this.#again(isolate.waiting, isolate.plugin);
    }
  }

  #again(calls: readonly PendingCall[], plugin: PluginVersion): void {
    for (const call of calls) {
      if (call.ended) continue;
      call.questions = 0;
      if (plugin.quarantine === undefined) this.#slotOf(plugin).add(call);
      else call.reject(quarantined(plugin));
    }
  }

  #count(plugin: PluginVersion, why: string): void {
    if (!this.#offences.count(plugin, why)) return;
    for (const call of this.#calls) if (call.plugin === plugin) call.reject(quarantined(plugin));
    this.#remove(plugin);
  }

  /** Ends all that a version has in the processes. */
  #remove(plugin: PluginVersion): void {
    for (const slot of this.slots) slot.forget(plugin);
    const solo = this.#solo.get(plugin);
    this.#solo.delete(plugin);
    if (solo && ![...this.#solo.values()].includes(solo)) solo.end();
  }

  async facts(): Promise<{ processes: ProcessFacts[]; plugins: PluginFacts[] }> {
    const processes = this.slots.flatMap((slot) => (slot.process?.alive ? [{ slot, pid: slot.process.pid }] : []));
    return {
      processes: await Promise.all(
        processes.map(async ({ slot, pid }) => ({
          pid,
          kind: slot.kind,
          rssBytes: await residentBytes(pid),
          isolates: slot.isolates.size,
          callsRunning: slot.calls,
        })),
      ),
      plugins: [...this.#plugins].map(({ id, version, totalKills, cpuMicros, quarantine }) => ({
        plugin: id,
        version,
        kills: totalKills,
        cpuMs: cpuMicros / 1_000,
        quarantined: quarantine !== undefined,
      })),
    };
  }

  /** Ends all that a version still does. */
  forget(plugin: PluginVersion): void {
    for (const call of this.#calls) if (call.plugin === plugin) call.reject(closed());
    this.#plugins.delete(plugin);
    this.#remove(plugin);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearInterval(this.#tidy);
    for (const call of this.#calls) call.reject(closed());
    for (const slot of this.slots) slot.end();
  }
}
