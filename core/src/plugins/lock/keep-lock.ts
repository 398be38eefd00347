import type { LockEntry } from '../types.ts';
import { changeLock, formatLock } from './lock-file.ts';

/** Keeps the operator's file in step with what the platform has been told to run. */
export class LockKeeper {
  readonly #path: string;
  readonly #left = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  /** What the operator wrote of this plugin has not been done yet: it stays as it is for the next start. */
  leave(plugin: string): void {
    this.#left.add(plugin);
  }

  /**
   * Puts the entries of these plugins, or takes out what has none; every other entry stays as it is. Writes only what
   * changes the file.
   */
  put(entries: ReadonlyMap<string, LockEntry | undefined>): Promise<void> {
    const write = this.#last.then(async () => {
      await changeLock(this.#path, (before) => {
        const after = before.filter(({ id }) => !entries.has(id) || this.#left.has(id));
        for (const [id, entry] of entries) if (entry && !this.#left.has(id)) after.push(entry);
        return formatLock(before) === formatLock(after) ? null : after;
      });
    });
    // A failed change does not stop the next one.
    this.#last = write.catch(() => undefined);
    return write;
  }
}
