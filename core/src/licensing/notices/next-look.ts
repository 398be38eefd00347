/** The longest time between two looks; a boundary that is known is met to the moment. */
export const LONGEST_PAUSE_MS = 60_000;
/** A boundary is met a moment after it, never a moment before. */
const AFTER_MS = 10;

/** Milliseconds from `now` to a look that finds `next` come. Pure. */
export function pauseUntil(next: Date | null, now: Date): number {
  if (next === null) return LONGEST_PAUSE_MS;
  return Math.max(AFTER_MS, Math.min(next.getTime() - now.getTime() + AFTER_MS, LONGEST_PAUSE_MS));
}

/** Looks when it is time, one look after the other. Whoever asks for a look only ever brings the next one nearer. */
export class NextLook {
  readonly #look: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  /** By the clock that nobody puts back. */
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
    // What is asked for from here on may come too late for this look, and has one of its own.
    this.#due = Number.POSITIVE_INFINITY;
    this.#running = this.#running.then(async () => {
      if (!this.#stopped) await this.#look();
    });
  }
}
