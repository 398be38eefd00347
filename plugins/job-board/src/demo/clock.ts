const DAY = 86_400_000;

/** Moments before and after the one the demo is filled at. */
export class DemoClock {
  readonly #now: number;

  constructor(now: Date) {
    this.#now = now.getTime();
  }

  /** ISO 8601. */
  ago(days: number): string {
    return new Date(this.#now - days * DAY).toISOString();
  }

  /** `YYYY-MM-DD`. */
  dayIn(days: number): string {
    return this.ago(-days).slice(0, 10);
  }
}
