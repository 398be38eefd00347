/** Frames that start at the same time: more would only make the first of them wait for the last. */
const AT_ONCE = 4;

/** Lets so many begin at once; who begins gets the way to say that it is done. */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(atOnce = AT_ONCE) {
    this.#free = atOnce;
  }

  /** Resolves when it is one's turn, with the way to end it; ending it again has no effect. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    };
  }
}
