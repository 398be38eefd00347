import { OwnMap } from '../intrinsics.ts';

const { apply } = Reflect;
const { trunc } = Math;
const toNumber = Number;

/** Timers of one isolate that may be outstanding. */
const MAX_TIMERS = 1_000;
const MAX_DELAY = 2_147_483_647;

/** Asks for `fire(id)` after so many milliseconds. */
export type StartTimer = (id: number, milliseconds: number) => void;

/** `setTimeout`, for as long as a handler is at work: what is then still to come does not happen. */
export class GuestTimers {
  readonly #start: StartTimer;
  readonly #due = new OwnMap<number, () => void>();
  #outstanding = 0;
  #last = 0;

  constructor(start: StartTimer) {
    this.#start = start;
  }

  set(callback: unknown, delay: unknown, args: readonly unknown[]): number {
    if (typeof callback !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    if (this.#outstanding >= MAX_TIMERS) throw new Error(`there are ${MAX_TIMERS} timers already`);
    const milliseconds = trunc(toNumber(delay));
    this.#last += 1;
    this.#outstanding += 1;
    this.#due.set(this.#last, () => apply(callback, undefined, args));
    this.#start(this.#last, milliseconds >= 1 && milliseconds <= MAX_DELAY ? milliseconds : 1);
    return this.#last;
  }

  clear(id: unknown): void {
    this.#due.delete(toNumber(id));
  }

  fire(id: number): void {
    this.#outstanding -= 1;
    const callback = this.#due.get(id);
    this.#due.delete(id);
    callback?.();
  }

  drop(): void {
    this.#due.clear();
  }
}
