import type { LockEntry } from '../types.ts';
import { changeLock, formatLock } from './lock-file.ts';
import type { LockRevisions } from './lock-revisions.ts';

/** What a plugin is by now. */
export interface LockedState {
  /** None when nothing of it serves. */
  entry: LockEntry | undefined;
  generation: number;
}

/** Keeps the operator's file in step with what the platform has been told to run. */
export class LockKeeper {
  readonly #path: string;
  readonly #revisions: Pick<LockRevisions, 'note'>;
  /** Plugin → whether what the file says of it is the operator's word. */
  readonly #left = new Map<string, boolean>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, revisions: Pick<LockRevisions, 'note'>) {
    this.#path = path;
    this.#revisions = revisions;
  }

  /**
   * What the file says of this plugin has not been done yet: it stays as it is for the next start. `isWord`: the operator
   * has written it knowing what the plugin was, so it holds then, whatever becomes of the plugin meanwhile.
   */
  leave(plugin: string, isWord: boolean): void {
    this.#left.set(plugin, isWord);
  }

  /**
   * Puts the entries of these plugins, or takes out what has none; every other entry stays as it is. Writes only what
   * changes the file.
   */
  put(states: ReadonlyMap<string, LockedState>): Promise<void> {
    const write = this.#last.then(async () => {
      await changeLock(this.#path, (before) => {
        const after = before.filter(({ id }) => !states.has(id) || this.#left.has(id));
        for (const [id, { entry }] of states) if (entry && !this.#left.has(id)) after.push(entry);
        return formatLock(before) === formatLock(after) ? null : after;
      });
      const taken = [...states].filter(([id]) => this.#left.get(id) ?? true);
      await this.#revisions.note(new Map(taken.map(([id, { generation }]) => [id, generation])));
    });
    // A failed change does not stop the next one.
    this.#last = write.catch(() => undefined);
    return write;
  }
}
