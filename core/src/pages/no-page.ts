import { LRUCache } from 'lru-cache';
import type { Log } from '../logging/index.ts';

/** An action has returned what is no page, or one that is too large. */
export class NoPage extends Error {
  readonly plugin: string;
  readonly version: string;
  readonly action: string;

  constructor({ id, version }: { id: string; version: string }, action: string) {
    super(`${id}.${action} did not return a page, or one that is too large`);
    this.name = 'NoPage';
    this.plugin = id;
    this.version = version;
    this.action = action;
  }
}

const MOST_KEPT = 1_000;

/** Tells the operator of a version whose action returns no page: the first time and then ever more seldom, with a count. */
export class NoPages {
  readonly #log: Pick<Log, 'warn'>;
  readonly #times = new LRUCache<string, number>({ max: MOST_KEPT });

  constructor(log: Pick<Log, 'warn'>) {
    this.#log = log;
  }

  /** `visit`: where it was noticed. */
  note({ plugin, version, action, message }: NoPage, visit: object): void {
    const key = `${plugin} ${version} ${action}`;
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    // Visitors come again and again, and one line for each would bury all others: at 1, 10, 100, 1000 …
    if (!/^10*$/.test(String(times))) return;
    this.#log.warn({ plugin, version, action, times, ...visit }, message);
  }
}
