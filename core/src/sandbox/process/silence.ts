/** How long a process has said nothing although it had a processor to say it: on a busy machine nobody is to blame for the rest. */
export class Silence {
  #heardAt = 0;
  #waited = 0;
  #excused = 0;

  /**
   * In milliseconds, as `now` and `heardAt`, when a word of it was read last. `waited`: how long it has stood in the
   * queue for a processor since it was started.
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
