import { type LevelQuotas, METERED, type Metered } from './quota-values.ts';
import { RateWindow } from './rate-window.ts';
import { noTotals, type Totals } from './totals.ts';

const INDEX = Object.fromEntries(METERED.map((name, index) => [name, index])) as Record<Metered, number>;

/** What somebody uses: the minute that has just passed, what runs now, and all since it was opened. */
export class Account {
  readonly totals: Totals = noTotals();
  /** When it was opened. */
  readonly since: Date;
  /** Calls that have begun and not ended. */
  running = 0;
  /** Only while something is in it: most accounts are idle most of the time. */
  #window: RateWindow | undefined;

  constructor(since: Date) {
    this.since = since;
  }

  add(kind: Metered, amount: number, now: number): void {
    this.#window ??= new RateWindow(METERED.length, now);
    this.#window.add(INDEX[kind], amount, now);
  }

  used(kind: Metered, now: number): number {
    return this.#window?.used(INDEX[kind], now) ?? 0;
  }

  /** Milliseconds until less than `limit` is in use. */
  freeIn(kind: Metered, limit: number, now: number): number {
    return this.#window?.freeIn(INDEX[kind], limit, now) ?? 0;
  }

  usage(now: number): LevelQuotas {
    const used = Object.fromEntries(METERED.map((kind) => [kind, this.used(kind, now)])) as Record<Metered, number>;
    return { ...used, concurrentCalls: this.running };
  }

  /** Lets go of an empty window; whether nothing is in use any more. */
  rest(now: number): boolean {
    if (this.#window?.isIdle(now)) this.#window = undefined;
    return this.#window === undefined && this.running === 0;
  }
}
