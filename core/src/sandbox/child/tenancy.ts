import type { GuestIsolate } from './isolate.ts';

/** What an isolate may take, in microseconds. */
export interface CpuLimits {
  cpuMicros: number;
}

/** An isolate within its process: who runs in it and what that has cost. All times in microseconds. */
export class Tenancy {
  readonly guest: GuestIsolate;
  /** Call → what it has cost. */
  readonly #calls = new Map<number, number>();
  #measured = 0;
  /** Since the guest was last heard of. */
  #silent = 0;
  /** Without any call, since the last one ended. */
  #idle = 0;
  /** It has kept a processor busy since the last look. */
  isHot = false;

  constructor(guest: GuestIsolate) {
    this.guest = guest;
  }

  get calls(): number {
    return this.#calls.size;
  }

  has(call: number): boolean {
    return this.#calls.has(call);
  }

  /** Shares what was spent since the last time among the calls at work. Returns it. */
  measure(): number {
    const total = this.guest.cpuMicros;
    const spent = total - this.#measured;
    this.#measured = total;
    if (spent <= 0) return 0;
    this.#silent += spent;
    if (this.#calls.size === 0) this.#idle += spent;
    else for (const [call, cost] of this.#calls) this.#calls.set(call, cost + spent / this.#calls.size);
    return spent;
  }

  begin(call: number): void {
    this.measure();
    this.#idle = 0;
    this.#calls.set(call, 0);
  }

  /** Returns what the call has cost; `undefined` when there is no such call. */
  end(call: number): number | undefined {
    this.measure();
    const cost = this.#calls.get(call);
    this.#calls.delete(call);
    return cost === undefined ? undefined : Math.round(cost);
  }

  /** The guest has handed something over, so its code has come to a rest. */
  heard(): void {
    this.measure();
    this.#silent = 0;
  }

  /** Why it has to be stopped, in words that complete "it …". */
  excess(cpuMicros: number): string | undefined {
    const most = Math.max(this.#silent, this.#idle, ...this.#calls.values());
    return most > cpuMicros ? `used more than ${cpuMicros / 1_000_000} s of processor time` : undefined;
  }

  get total(): number {
    return this.#measured;
  }
}
