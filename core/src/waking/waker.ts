import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs work when woken, never twice at once; wake-ups during a run lead to exactly one more. Between two runs it
 * rests, so that under load one run does the work of many.
 */
export class Waker {
  readonly #work: () => Promise<void>;
  readonly #onError: (error: unknown) => void;
  readonly #restMs: number;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(work: () => Promise<void>, onError: (error: unknown) => void, restMs = 0) {
    this.#work = work;
    this.#onError = onError;
    this.#restMs = restMs;
  }

  wake(): void {
    if (this.#stopped) return;
    if (this.#running) this.#again = true;
    else this.#running = this.#run();
  }

  /** Resolves when what is running has ended; nothing runs after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#work();
      } catch (error) {
        this.#onError(error);
      }
      if (this.#restMs > 0 && !this.#stopped) await sleep(this.#restMs);
    } while (this.#again && !this.#stopped);
    this.#running = undefined;
  }
}
