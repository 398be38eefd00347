import type { ReactiveController, ReactiveControllerHost } from 'lit';

const AGAIN_MS = 2_000;

/** Looks again after a while, so many times at most, as long as the page is shown. */
export class AskingAgain implements ReactiveController {
  readonly #ask: () => void;
  readonly #most: number;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, most: number, ask: () => void) {
    this.#ask = ask;
    this.#most = most;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  soon(): void {
    this.#attempts += 1;
    if (this.#attempts < this.#most) this.#timer = setTimeout(this.#ask, AGAIN_MS);
  }
}
