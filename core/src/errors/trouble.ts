export interface TroubleLog {
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

/** Of work that is tried again and again: says when it begins to fail and when that is over, not each time. */
export class Trouble {
  readonly #log: TroubleLog;
  readonly #what: string;
  #lasts = false;

  /** `what` goes wrong, in words. */
  constructor(log: TroubleLog, what: string) {
    this.#log = log;
    this.#what = what;
  }

  failed(error: unknown): void {
    if (!this.#lasts) this.#log.error({ err: error }, this.#what);
    this.#lasts = true;
  }

  over(): void {
    if (this.#lasts) this.#log.warn({}, `${this.#what}; that is over`);
    this.#lasts = false;
  }

  /** Resolves when the attempt has ended, whatever came of it. */
  async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.over();
    } catch (error) {
      this.failed(error);
    }
  }
}
