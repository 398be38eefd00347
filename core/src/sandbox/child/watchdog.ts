import type { CpuMeter } from './cpu-meter.ts';
import type { Tenancy } from './tenancy.ts';

const SWEEP_MS = 25;
/** Sweeps between two times that an isolate at work is weighed. */
const WEIGH_SWEEPS = 4;
/** An engine may hold a little more than it was told before it tidies up. */
const MEMORY_TOLERANCE = 1.25;
const TOO_MUCH_MEMORY = 'used too much memory';
/** Of a sweep spent computing: more is called hot. */
const HOT_SHARE = 0.8;
/** Of a sweep that the process had a processor: with less its guests were waiting for one, whatever their threads say. */
const RUNNING_SHARE = 0.4;

export interface WatchdogEvents {
  /** It must be ended: `why` completes "it …". */
  excess(id: number, tenancy: Tenancy, why: string): void;
  /** It computes without rest, or has come to one. */
  hot(id: number, isHot: boolean): void;
}

/** Checks the isolates at work many times a second. Guests run on other threads, so they cannot block it. */
export class Watchdog {
  readonly #isolates: ReadonlyMap<number, Tenancy>;
  readonly #active = new Set<number>();
  readonly #cpuMicros: number;
  readonly #memoryBytes: number;
  readonly #meter: CpuMeter;
  readonly #events: WatchdogEvents;
  #timer: NodeJS.Timeout | undefined;
  #lookedAt = 0;
  #processMicros = 0;
  #sweeps = 0;

  constructor(
    isolates: ReadonlyMap<number, Tenancy>,
    { cpuMs, memoryMb }: { cpuMs: number; memoryMb: number },
    meter: CpuMeter,
    events: WatchdogEvents,
  ) {
    this.#meter = meter;
    this.#isolates = isolates;
    this.#cpuMicros = cpuMs * 1_000;
    this.#memoryBytes = memoryMb * 1024 * 1024 * MEMORY_TOLERANCE;
    this.#events = events;
  }

  /** Something begins in this isolate. */
  watch(id: number): void {
    this.#active.add(id);
    if (this.#timer) return;
    this.#lookedAt = performance.now();
    this.#processMicros = processMicros();
    this.#timer = setInterval(() => this.#look(), SWEEP_MS);
  }

  #look(): void {
    const now = performance.now();
    const elapsed = (now - this.#lookedAt) * 1_000;
    this.#lookedAt = now;
    const used = processMicros();
    const isRunning = used - this.#processMicros > elapsed * RUNNING_SHARE;
    this.#meter.adjust(used - this.#processMicros);
    this.#processMicros = used;
    this.#sweeps += 1;
    for (const id of this.#active) {
      const tenancy = this.#isolates.get(id);
      if (!tenancy) this.#active.delete(id);
      else this.#lookAt(id, tenancy, elapsed, isRunning);
    }
    if (this.#active.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #lookAt(id: number, tenancy: Tenancy, elapsed: number, isRunning: boolean): void {
    const spent = tenancy.measure();
    const isTooLarge = tenancy.guest.isDisposed || tenancy.memoryBytes > this.#memoryBytes;
    const why = isTooLarge ? TOO_MUCH_MEMORY : tenancy.excess(this.#cpuMicros);
    if (why !== undefined) {
      this.#active.delete(id);
      this.#events.excess(id, tenancy, why);
      return;
    }
    const isHot = isRunning && spent > elapsed * HOT_SHARE;
    if (isHot !== tenancy.isHot) {
      tenancy.isHot = isHot;
      this.#events.hot(id, isHot);
    }
    // What a call leaves running is watched until it rests, and what it leaves behind is weighed.
    if (tenancy.calls === 0 && tenancy.isWeighed) {
      if (spent === 0) this.#active.delete(id);
    } else if ((this.#sweeps + id) % WEIGH_SWEEPS === 0) tenancy.weigh();
  }
}

function processMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
