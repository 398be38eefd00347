import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Retry } from './retry.ts';

/**
 * Reads something for a screen and remembers how that went. A reading that was overtaken changes nothing; one that failed
 * because there was no connection, or the server was busy, is made again by itself. Updates its host.
 */
export class Reading<Value> implements ReactiveController {
  /** `null` until it has been read. */
  value: Value | null = null;
  /** Why the last reading failed; `null` when it did not. */
  failure: unknown = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #read: () => Promise<Value>;
  readonly #retry = new Retry();
  #attempt = 0;

  constructor(host: ReactiveControllerHost, read: () => Promise<Value>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#attempt += 1;
    this.#retry.reset();
  }

  /** Reads anew; what was read before stays until then. */
  async run(): Promise<void> {
    await this.#run(false);
  }

  /** `unasked`: nobody waits for it, so what is said of the last failure stays until it has gone well. */
  async #run(unasked: boolean): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#retry.cancel();
    this.busy = true;
    if (!unasked) this.failure = null;
    this.#host.requestUpdate();
    try {
      const value = await this.#read();
      if (attempt !== this.#attempt) return;
      this.value = value;
      this.failure = null;
      this.#retry.reset();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.failure = error;
      this.#retry.after(error, () => void this.#run(true));
    }
    this.busy = false;
    this.#host.requestUpdate();
  }

  /** Forgets what was read: the screen now shows something else. */
  clear(): void {
    this.#attempt += 1;
    this.#retry.reset();
    this.value = null;
    this.failure = null;
  }
}
