import { randomUUID } from 'node:crypto';
import type { Bus } from '../data/index.ts';
import type { Log } from '../logging/index.ts';
import type { LockEntry, PluginHost } from '../plugins/index.ts';

const KIND = 'plugins.warm-up';

export interface WarmUpOptions {
  bus: Bus;
  host: PluginHost;
  log: Log;
}

interface Notice {
  from: string;
  entry: LockEntry;
}

/** Has other nodes unpack and build what will serve soon, so that it serves there the moment it may. */
export class WarmUp {
  readonly #options: WarmUpOptions;
  readonly #node = randomUUID();
  readonly #underWay = new Set<Promise<void>>();
  #off = () => {};

  constructor(options: WarmUpOptions) {
    this.#options = options;
  }

  start(): void {
    this.#off = this.#options.bus.on(KIND, (payload) => {
      const { from, entry } = payload as Notice;
      if (from === this.#node) return;
      const work: Promise<void> = this.#prepare(entry).finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    });
  }

  async stop(): Promise<void> {
    this.#off();
    await Promise.all(this.#underWay);
  }

  request(entry: LockEntry): void {
    this.#options.bus.publish(KIND, { from: this.#node, entry } satisfies Notice).catch((error: unknown) => {
      // They will be slower, that is all.
      this.#options.log.warn({ plugin: entry.id, err: error }, 'other nodes were not told what will serve soon');
    });
  }

  async #prepare(entry: LockEntry): Promise<void> {
    const { host, log } = this.#options;
    try {
      await host.factory.prove(entry, await host.read(entry));
    } catch (error) {
      log.warn({ plugin: entry.id, version: entry.version, err: error }, 'what will serve soon is not ready here');
    }
  }
}
