/** The longest time between two looks; a boundary that is known is met to the moment. */
export const LONGEST_PAUSE_MS = 60_000;
/** A boundary is met a moment after it, never a moment before. */
const AFTER_MS = 10;

/** Milliseconds from `now` until a look finds that `next` has come. Pure. */
export function pauseUntil(next: Date | null, now: Date): number {
  if (next === null) return LONGEST_PAUSE_MS;
  return Math.max(AFTER_MS, Math.min(next.getTime() - now.getTime() + AFTER_MS, LONGEST_PAUSE_MS));
}

/** Runs looks one after the other, each when it is due. A request for a look only ever brings the next one forward. */
export class NextLook {
  readonly #look: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** On the monotonic clock. */
  #due = Number.POSITIVE_INFINITY;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `look` must not reject. */
  constructor(look: () => Promise<void>) {
    this.#look = look;
  }

  within(ms: number): void {
    const due = performance.now() + ms;
    if (this.#stopped || due >= this.#due) return;
    this.#due = due;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), ms).unref();
  }

  /** Waits for the look that is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #begin(): void {
    // A request from here on may come too late for this look, and gets one of its own.
    this.#due = Number.POSITIVE_INFINITY;
    this.#running = this.#running.then(async () => {
      if (!this.#stopped) await this.#look();
    });
  }
}
