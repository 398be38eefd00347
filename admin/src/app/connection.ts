import { Listeners } from './source.ts';

const PROBE_MS = 5_000;

/** Whether the server can be reached: told by the browser, by failed requests, and found out by probing. */
export class Connection {
  #offline = false;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #probe: () => Promise<boolean>;
  readonly #listeners = new Listeners();

  constructor(target: EventTarget, probe: () => Promise<boolean>) {
    this.#probe = probe;
    target.addEventListener('offline', () => this.lost());
    target.addEventListener('online', () => void this.retry());
  }

  get offline(): boolean {
    return this.#offline;
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** A request did not reach the server. */
  lost(): void {
    if (this.#offline) return;
    this.#offline = true;
    this.#timer = setInterval(() => void this.retry(), PROBE_MS);
    this.#listeners.announce();
  }

  /** Asks at once; `true` when the server answers. */
  async retry(): Promise<boolean> {
    const reached = await this.#probe();
    if (reached && this.#offline) {
      this.#offline = false;
      clearInterval(this.#timer);
      this.#listeners.announce();
    }
    if (!reached) this.lost();
    return reached;
  }
}
