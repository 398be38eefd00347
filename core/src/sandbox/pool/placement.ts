import type { ProcessFacts, SandboxLimits } from '../types.ts';
import type { PluginVersion } from './plugin-version.ts';
import type { ProcessSlot } from './process-slot.ts';

/** A process is not replaced more often. */
const REPLACE_MS = 10_000;

/** Which plugin runs in which process. */
export class Placement {
  /** Loads modules for the first time. */
  readonly trial: ProcessSlot;
  readonly #limits: Pick<SandboxLimits, 'sharedProcesses' | 'soloProcesses' | 'isolateIdleMs'>;
  readonly #make: (kind: ProcessFacts['kind']) => ProcessSlot;
  readonly #shared: ProcessSlot[];
  readonly #solo = new Map<PluginVersion, ProcessSlot>();
  /** Replaced, with calls still at work. */
  readonly #leaving = new Set<ProcessSlot>();

  constructor(
    limits: Pick<SandboxLimits, 'sharedProcesses' | 'soloProcesses' | 'isolateIdleMs'>,
    make: (kind: ProcessFacts['kind']) => ProcessSlot,
  ) {
    this.#limits = limits;
    this.#make = make;
    this.#shared = Array.from({ length: Math.max(1, limits.sharedProcesses) }, () => make('shared'));
    this.trial = make('trial');
  }

  get all(): ProcessSlot[] {
    return [...new Set([...this.#shared, ...this.#solo.values(), ...this.#leaving, this.trial])];
  }

  of(plugin: PluginVersion): ProcessSlot {
    if (plugin.soloUntil > performance.now()) return this.#soloOf(plugin);
    const shared = this.#shared[plugin.shard % this.#shared.length];
    if (!shared) throw new Error('the sandbox has no processes');
    return shared;
  }

  /** A process of its own; when there are too many of those, one that is idle, or has the least to do. */
  #soloOf(plugin: PluginVersion): ProcessSlot {
    const own = this.#solo.get(plugin);
    if (own) return own;
    const slots = [...new Set(this.#solo.values())];
    let slot: ProcessSlot | undefined;
    if (slots.length >= this.#limits.soloProcesses) {
      slot = slots.find((other) => other.isIdle) ?? slots.sort((a, b) => a.calls - b.calls)[0];
    }
    slot ??= this.#make('solo');
    this.#solo.set(plugin, slot);
    return slot;
  }

  /** Ends all that a version has in the processes. */
  remove(plugin: PluginVersion): void {
    for (const slot of this.all) slot.forget(plugin);
    const solo = this.#solo.get(plugin);
    this.#solo.delete(plugin);
    if (solo && ![...this.#solo.values()].includes(solo)) solo.end();
  }

  /** New calls go to a new process; the old one ends when its last call has. */
  replace(slot: ProcessSlot): void {
    const place = this.#shared.indexOf(slot);
    if (place < 0 || performance.now() - slot.startedAt < REPLACE_MS) return;
    this.#shared[place] = this.#make('shared');
    this.#leaving.add(slot);
    this.endLeaving();
  }

  endLeaving(): void {
    for (const slot of this.#leaving) {
      if (!slot.isIdle) continue;
      this.#leaving.delete(slot);
      slot.end();
    }
  }

  /** Isolates and processes that nobody has needed for a while are given back. */
  tidy(): void {
    const now = performance.now();
    const idleSince = now - this.#limits.isolateIdleMs;
    this.endLeaving();
    for (const slot of this.all) slot.closeIdle(idleSince);
    for (const [plugin, slot] of this.#solo) {
      if (slot.isIdle && (plugin.soloUntil < now || slot.isUnused(idleSince))) this.remove(plugin);
    }
    if (this.trial.isIdle && this.trial.isUnused(idleSince)) this.trial.end();
  }
}
