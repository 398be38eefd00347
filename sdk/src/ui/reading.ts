import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Reads something for a screen and remembers how that went. A reading that was overtaken changes nothing. Updates its host. */
export class Reading<Value> implements ReactiveController {
  /** `null` until it has been read. */
  value: Value | null = null;
  /** Why the last reading failed; `null` when it did not. */
  failure: unknown = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: () => Promise<Value>;
  #attempt = 0;

  constructor(host: ReactiveControllerHost, read: () => Promise<Value>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#attempt += 1;
  }

  /** Reads anew; what was read before stays until then. */
  async run(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.busy = true;
    this.failure = null;
    this.#host.requestUpdate();
    try {
      const value = await this.#read();
      if (attempt !== this.#attempt) return;
      this.value = value;
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.failure = error;
    }
    this.busy = false;
    this.#host.requestUpdate();
  }

  /** Forgets what was read: the screen now shows something else. */
  clear(): void {
    this.#attempt += 1;
    this.value = null;
    this.failure = null;
  }
}
