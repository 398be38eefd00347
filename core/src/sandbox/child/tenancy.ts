import type { CpuMeter } from './cpu-meter.ts';
import type { GuestIsolate } from './isolate.ts';
import { type Total, Unanswered } from './unanswered.ts';

/** An isolate within its process: who runs in it and what that has cost. All times in microseconds. */
export class Tenancy {
  readonly guest: GuestIsolate;
  readonly unanswered: Unanswered;
  /** Call → what it has cost. */
  readonly #calls = new Map<number, number>();
  readonly #meter: CpuMeter;
  /** On a thread; all else here is time on a processor. */
  #onThread = 0;
  #measured = 0;
  /** Since the guest was last heard of. */
  #silent = 0;
  #wasHeard = false;
  /** Without any call, since the last one ended. */
  #idle = 0;
  /** It has kept a processor busy since the last look. */
  isHot = false;
  /** Memory it held when that was last found out. */
  memoryBytes = 0;
  #isWeighing = false;
  /** Calls so far. */
  #begun = 0;
  /** Weighed since its last call has ended. */
  isWeighed = false;

  constructor(guest: GuestIsolate, meter: CpuMeter, total: Total) {
    this.guest = guest;
    this.unanswered = new Unanswered(total);
    this.#meter = meter;
  }

  get calls(): number {
    return this.#calls.size;
  }

  has(call: number): boolean {
    return this.#calls.has(call);
  }

  /** Shares what was spent since the last time among the calls at work. Returns the time on a thread. */
  measure(): number {
    const onThread = this.guest.threadMicros;
    const passed = onThread - this.#onThread;
    this.#onThread = onThread;
    if (passed <= 0) return 0;
    const spent = this.#meter.real(passed);
    this.#measured += spent;
    this.#silent = this.#wasHeard ? 0 : this.#silent + spent;
    this.#wasHeard = false;
    if (this.#calls.size === 0) this.#idle += spent;
    else for (const [call, cost] of this.#calls) this.#calls.set(call, cost + spent / this.#calls.size);
    return passed;
  }

  /** Finds out how much memory it holds, as soon as its code rests. */
  weigh(): void {
    if (this.#isWeighing) return;
    this.#isWeighing = true;
    const begun = this.#begun;
    const isAtRest = this.#calls.size === 0;
    const done = (bytes: number) => {
      this.#isWeighing = false;
      this.memoryBytes = bytes;
      this.isWeighed = isAtRest && begun === this.#begun;
    };
    // What has been disposed of weighs nothing.
    this.guest.memoryBytes().then(done, () => done(0));
  }

  begin(call: number): void {
    this.measure();
    this.#begun += 1;
    this.isWeighed = false;
    this.#idle = 0;
    this.#calls.set(call, 0);
  }

  /** Returns what the call has cost; `undefined` when there is no such call. */
  end(call: number): number | undefined {
    this.measure();
    const cost = this.#calls.get(call);
    this.#calls.delete(call);
    this.unanswered.end(call);
    return cost === undefined ? undefined : Math.round(cost);
  }

  /** The guest has handed something over, so its code had come to a rest. */
  heard(): void {
    this.#wasHeard = true;
  }

  /** Why it has to be stopped, in words that complete "it …". */
  excess(cpuMicros: number): string | undefined {
    const most = Math.max(this.#silent, this.#idle, ...this.#calls.values());
    return most > cpuMicros ? `used more than ${cpuMicros / 1_000_000} s of processor time` : undefined;
  }

  get total(): number {
    return Math.round(this.#measured);
  }
}
