const STEP_MS = 5_000;
const STEPS = 12;

/**
 * How much of several things was used within the last minute, in steps of five seconds: what was used in a step
 * counts until the same step of the next minute begins. Times are milliseconds of any clock that never goes back.
 */
export class RateWindow {
  readonly #kinds: number;
  /** One row of amounts for each step. */
  readonly #amounts: Float64Array;
  readonly #sums: Float64Array;
  #step: number;

  /** `kinds`: how many different things are counted; they are named by their index. */
  constructor(kinds: number, now: number) {
    this.#kinds = kinds;
    this.#amounts = new Float64Array(kinds * STEPS);
    this.#sums = new Float64Array(kinds);
    this.#step = Math.floor(now / STEP_MS);
  }

  add(kind: number, amount: number, now: number): void {
    this.#advance(now);
    const index = (this.#step % STEPS) * this.#kinds + kind;
    this.#amounts[index] = (this.#amounts[index] ?? 0) + amount;
    this.#sums[kind] = (this.#sums[kind] ?? 0) + amount;
  }

  used(kind: number, now: number): number {
    this.#advance(now);
    return this.#sums[kind] ?? 0;
  }

  /** Milliseconds until less than `limit` is in use; 0 when that is so already. */
  freeIn(kind: number, limit: number, now: number): number {
    let left = this.used(kind, now);
    for (let age = STEPS - 1; age >= 0 && left >= limit; age -= 1) {
      left -= this.#amounts[((this.#step - age + STEPS) % STEPS) * this.#kinds + kind] ?? 0;
      if (left < limit) return (this.#step - age + STEPS) * STEP_MS - now;
    }
    return left < limit ? 0 : STEPS * STEP_MS;
  }

  /** Whether nothing is in use any more. */
  isIdle(now: number): boolean {
    return Math.floor(now / STEP_MS) - this.#step >= STEPS;
  }

  #advance(now: number): void {
    const step = Math.floor(now / STEP_MS);
    if (step <= this.#step) return;
    if (step - this.#step >= STEPS) {
      this.#amounts.fill(0);
      this.#sums.fill(0);
    } else {
      for (let passed = this.#step + 1; passed <= step; passed += 1) this.#expire(passed % STEPS);
    }
    this.#step = step;
  }

  #expire(row: number): void {
    const from = row * this.#kinds;
    for (let kind = 0; kind < this.#kinds; kind += 1) {
      const rest = (this.#sums[kind] ?? 0) - (this.#amounts[from + kind] ?? 0);
      // What is left of amounts that are no whole numbers must not add up over days.
      this.#sums[kind] = rest < 1e-6 ? 0 : rest;
    }
    this.#amounts.fill(0, from, from + this.#kinds);
  }
}
