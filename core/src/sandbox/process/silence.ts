/**
 * How long a process has been silent although it had a processor: on a busy machine it is not to blame for the rest.
 */
export class Silence {
  #heardAt = 0;
  #waited = 0;
  #excused = 0;

  /**
   * Returns milliseconds; `heardAt` is when a frame of it was last read, and `waited` for how long it has waited for a
   * processor since its start.
   */
  measure(now: number, heardAt: number, waited: number): number {
    const since = Math.max(0, waited - this.#waited);
    this.#waited = waited;
    if (heardAt === this.#heardAt) this.#excused += since;
    else this.#excused = since;
    this.#heardAt = heardAt;
    return Math.max(0, now - heardAt - this.#excused);
  }
}
