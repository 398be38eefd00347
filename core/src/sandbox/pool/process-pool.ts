import { closed, deadlinePassed, quarantined, restarted, stopped, tooLarge } from '../failures.ts';
import type { HostCode } from '../process/host-code.ts';
import type { LaunchPlan } from '../process/launch.ts';
import { markUsed } from '../process/old-code.ts';
import { residentBytes } from '../process/resident.ts';
import { SandboxProcess } from '../process/sandbox-process.ts';
import type { PluginFacts, ProcessFacts, SandboxLimits, SandboxTierOptions } from '../types.ts';
import { MAX_TEXT } from '../wire/frames.ts';
import type { IsolateSlot } from './isolate-slot.ts';
import { Offences } from './offences.ts';
import type { PendingCall } from './pending-call.ts';
import { Placement } from './placement.ts';
import type { PluginVersion } from './plugin-version.ts';
import { checkHealth, TOO_MUCH_MEMORY } from './process-health.ts';
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
/** Processes that may be lost before a call is given up that was only waiting in them. */
const MAX_RETURNS = 3;

/** All processes: who runs where, and what happens when one of them is lost. */
export class ProcessPool implements SlotOwner {
  readonly limits: SandboxLimits;
  readonly #options: SandboxTierOptions;
  readonly #ground: Ground;
  readonly #placement: Placement;
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
    this.#placement = new Placement(limits, (kind) => new ProcessSlot(kind, this));
    this.#tidy = setInterval(() => this.#tidyUp(), TIDY_MS).unref();
  }

  start(slot: ProcessSlot): SandboxProcess {
    const { isolateMemoryMb: memoryMb, cpuMs, loadMs, graceMs, startMs } = this.limits;
    const { plan, code } = this.#ground;
    const process = new SandboxProcess(
      { plan, code, settings: { memoryMb, cpuMs, loadMs, graceMs }, startMs },
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

  /** Loads the module in a separate process, where it cannot harm anybody else's work, and ends it again. */
  async describe(plugin: PluginVersion): Promise<string> {
    if (this.#closed) throw closed();
    this.#plugins.add(plugin);
    const isolate = this.#placement.trial.open(plugin);
    const { process } = this.#placement.trial;
    process?.hold();
    try {
      return await isolate.opened.promise;
    } finally {
      process?.release();
      this.#placement.trial.forget(plugin);
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
    this.#placement.of(plugin).add(call);
  }

  #look(): void {
    const now = performance.now();
    for (const call of this.#calls) {
      if (now <= call.deadline) continue;
      call.reject(deadlinePassed(call));
      const wasHot = this.#placement.all.map((slot) => slot.abandon(call)).includes(true);
      if (wasHot) this.count(call.plugin, 'did not come to an end');
    }
    this.#sweeps += 1;
    this.#placement.endLeaving();
    if (this.#sweeps % HEALTH_SWEEPS === 0) {
      for (const slot of this.#placement.all) this.#check(slot, now - this.#sweptAt < 4 * SWEEP_MS);
    }
    this.#sweptAt = now;
    if (this.#calls.size > 0) return;
    clearInterval(this.#sweep);
    this.#sweep = undefined;
  }

  #check(slot: ProcessSlot, isPunctual: boolean): void {
    checkHealth(slot, this.limits, isPunctual).then(
      (isFull) => {
        if (isFull && !this.#closed) this.#placement.replace(slot);
      },
      (error: unknown) => this.#options.log.warn({ err: error }, 'a sandbox process could not be looked at'),
    );
  }

  #tidyUp(): void {
    this.#placement.tidy();
    try {
      markUsed(this.#ground.code.folder);
    } catch (error) {
      this.#options.log.error({ err: error }, 'the code of the sandbox processes is gone; restart to make it anew');
    }
    for (const slot of this.#placement.all) this.#check(slot, false);
  }

  isolateLost(isolate: IsolateSlot, why: string): void {
    const { plugin } = isolate;
    isolate.opened.reject(new Error(`it ${why}`));
    this.count(plugin, why);
    for (const call of isolate.running.values()) call.reject(stopped(call, why));
    this.#again(isolate.waiting, plugin);
  }

  processLost(slot: ProcessSlot, { isolates, traces, why, culprit: named, isCounted }: LostProcess): void {
    const now = performance.now();
    const { culprit, suspects } = judge(traces, named, slot.kind === 'shared' && saysLittle(why));
    if (slot.kind !== 'trial') for (const plugin of suspects) plugin.soloUntil = now + this.limits.killWindowMs;
    if (culprit && !isCounted) this.count(culprit, `brought its process down, which ${why}`);
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
      call.returns += 1;
      if (plugin.quarantine !== undefined) call.reject(quarantined(plugin));
      else if (call.returns > MAX_RETURNS) call.reject(restarted(call));
      else this.#placement.of(plugin).add(call);
    }
  }

  /** Counts an offence; the one too many ends all that the version does. `why` completes "it …". */
  count(plugin: PluginVersion, why: string): void {
    if (!this.#offences.count(plugin, why)) return;
    for (const call of this.#calls) if (call.plugin === plugin) call.reject(quarantined(plugin));
    this.#placement.remove(plugin);
  }

  async facts(): Promise<{ processes: ProcessFacts[]; plugins: PluginFacts[] }> {
    const processes = this.#placement.all.flatMap((slot) =>
      slot.process?.alive ? [{ slot, pid: slot.process.pid }] : [],
    );
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
    this.#placement.remove(plugin);
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearInterval(this.#tidy);
    for (const call of this.#calls) call.reject(closed());
    for (const slot of this.#placement.all) slot.end();
  }
}

/**
 * Ends that say nothing about who was at work just then: memory fills up slowly, and a signal may come from anywhere.
 */
function saysLittle(why: string): boolean {
  return why === TOO_MUCH_MEMORY || /^(ended with SIG(KILL|TERM)|lost its connection)/.test(why);
}
