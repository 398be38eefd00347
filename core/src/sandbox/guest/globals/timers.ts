import { OwnMap } from '../intrinsics.ts';

const { apply } = Reflect;
const { max, trunc } = Math;
// Taken before any code of the plugin runs, like the others.
const { now: systemClock } = Date;
const toNumber = Number;

/** Timers of one isolate that may wait at the same time. */
const MAX_TIMERS = 1_000;
/** Alarms of one isolate that may be outstanding. */
const MAX_ALARMS = 1_000;
const MAX_DELAY = 2_147_483_647;

/** Asks for `fire(id)` after so many milliseconds. It cannot be taken back. */
export type StartTimer = (id: number, milliseconds: number) => void;

interface Timer {
  /** Milliseconds since the epoch. */
  at: number;
  run: () => void;
}

/**
 * `setTimeout`, for as long as a handler is at work: what is then still to come does not happen. The host is only asked
 * for an alarm when none comes early enough, so that timers which are cleared, as time limits mostly are, cost nothing.
 */
export class GuestTimers {
  readonly #start: StartTimer;
  readonly #now: () => number;
  readonly #due = new OwnMap<number, Timer>();
  /** When each outstanding alarm comes. */
  readonly #alarms = new OwnMap<number, number>();
  #nextAlarm = Number.POSITIVE_INFINITY;
  #lastTimer = 0;
  #lastAlarm = 0;

  /** `now` in milliseconds since the epoch. */
  constructor(start: StartTimer, now: () => number = systemClock) {
    this.#start = start;
    this.#now = now;
  }

  set(callback: unknown, delay: unknown, args: readonly unknown[]): number {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    if (this.#due.size >= MAX_TIMERS) throw new Error(`there are ${MAX_TIMERS} timers already`);
    const wanted = trunc(toNumber(delay));
    const milliseconds = wanted >= 1 && wanted <= MAX_DELAY ? wanted : 1;
    const present = this.#now();
    this.#lastTimer += 1;
    this.#due.set(this.#lastTimer, { at: present + milliseconds, run: () => apply(callback, undefined, args) });
    this.#wake(present, present + milliseconds);
    return this.#lastTimer;
  }

  clear(id: unknown): void {
    this.#due.delete(toNumber(id));
  }

  /** An alarm goes off: runs what is due by then, the earliest first. */
  fire(alarm: number): void {
    // The alarm is right where the clock was set back, or is a little behind it.
    const present = max(this.#now(), this.#alarms.get(alarm) ?? 0);
    this.#alarms.delete(alarm);
    this.#nextAlarm = Number.POSITIVE_INFINITY;
    try {
      for (let id = this.#earliest(present); id !== undefined; id = this.#earliest(present)) {
        const timer = this.#due.get(id);
        this.#due.delete(id);
        timer?.run();
      }
    } finally {
      const next = this.#earliest(Number.POSITIVE_INFINITY);
      if (next !== undefined) this.#wake(present, this.#due.get(next)?.at ?? present);
    }
  }

  drop(): void {
    this.#due.clear();
  }

  #wake(present: number, at: number): void {
    if (at >= this.#nextAlarm || this.#alarms.size >= MAX_ALARMS) return;
    this.#nextAlarm = at;
    this.#lastAlarm += 1;
    this.#alarms.set(this.#lastAlarm, at);
    this.#start(this.#lastAlarm, max(1, at - present));
  }

  /** Of the timers due until then the one to run first. */
  #earliest(until: number): number | undefined {
    let found: number | undefined;
    let earliest = until;
    this.#due.forEach(({ at }, id) => {
      if (at > earliest || (found !== undefined && at === earliest)) return;
      found = id;
      earliest = at;
    });
    return found;
  }
}
