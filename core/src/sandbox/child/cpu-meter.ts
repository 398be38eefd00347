/** Below this a sample says nothing: some systems count processor time in hundredths of a second. */
const SAMPLE_MICROS = 250_000;
/** No machine is so busy that a guest gets less. */
const LEAST_SHARE = 0.1;

/**
 * Turns the time that guests were on a thread into time that they had a processor. isolated-vm measures the former; on
 * a machine with more to do than processors, the two are far apart, and nobody may be blamed for the difference.
 */
export class CpuMeter {
  #claimed = 0;
  #used = 0;
  #share = 1;

  /** Microseconds on a thread → microseconds on a processor. */
  real(micros: number): number {
    this.#claimed += micros;
    return micros * this.#share;
  }

  /** `used`: microseconds of processor time of this process since the last time. */
  adjust(used: number): void {
    this.#used += used;
    if (this.#claimed < SAMPLE_MICROS) return;
    this.#share = Math.min(1, Math.max(LEAST_SHARE, this.#used / this.#claimed));
    this.#claimed = 0;
    this.#used = 0;
  }
}
