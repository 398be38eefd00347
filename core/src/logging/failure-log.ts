import type { Log } from './log.ts';

/** Logs the failures of work that repeats: once when it begins to fail, and once when it has recovered. */
export class FailureLog {
  readonly #log: Pick<Log, 'warn' | 'error'>;
  readonly #what: string;
  #isFailing = false;

  /** `what`: the failure in words, e.g. `the job queue does not run`. */
  constructor(log: Pick<Log, 'warn' | 'error'>, what: string) {
    this.#log = log;
    this.#what = what;
  }

  failed(error: unknown): void {
    if (!this.#isFailing) this.#log.error({ err: error }, this.#what);
    this.#isFailing = true;
  }

  recovered(): void {
    if (this.#isFailing) this.#log.warn({}, `${this.#what}; that is over`);
    this.#isFailing = false;
  }

  /** Resolves when the attempt has ended, whatever came of it. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.recovered();
    } catch (error) {
      this.failed(error);
    }
  }
}
