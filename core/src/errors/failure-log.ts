/** The part of pino that failures are reported to. */
export interface ErrorLogger {
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Logs the failures of work that repeats: once when it begins to fail, and once when it has recovered. */
export class FailureLog {
  readonly #log: ErrorLogger;
  readonly #what: string;
  #isFailing = false;

  /** `what`: the failure in words, e.g. `the job queue does not run`. */
  constructor(log: ErrorLogger, what: string) {
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
