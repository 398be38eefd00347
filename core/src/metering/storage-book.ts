import type { Log } from '../logging/index.ts';

/**
 * How much of the disk the tables of each plugin take, as measured a moment ago. Only those are measured again that may
 * have grown: an idle plugin costs nothing, and what other nodes write is seen here before it matters here.
 */
export class StorageBook {
  readonly #measure: (pluginId: string) => Promise<number>;
  readonly #log: Log;
  readonly #bytes = new Map<string, number>();
  readonly #grown = new Set<string>();
  #isLooking = false;

  constructor(measure: (pluginId: string) => Promise<number>, log: Log) {
    this.#measure = measure;
    this.#log = log;
  }

  /** What has been measured so far, by plugin. */
  get bytes(): ReadonlyMap<string, number> {
    return this.#bytes;
  }

  /** Bytes before something is written; 0 until the first measurement. */
  beforeGrowth(pluginId: string): number {
    this.#grown.add(pluginId);
    return this.#bytes.get(pluginId) ?? 0;
  }

  /** Measures what may have changed. Never rejects: what could not be measured is tried again the next time. */
  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const pluginId of [...this.#grown]) {
      // What is written from now on asks for another look.
      this.#grown.delete(pluginId);
      try {
        this.#bytes.set(pluginId, await this.#measure(pluginId));
      } catch (error) {
        this.#grown.add(pluginId);
        this.#log.warn({ plugin: pluginId, err: error }, 'the size of a plugin’s tables could not be measured');
      }
    }
    this.#isLooking = false;
  }
}
