import { hash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { Log } from '../../logging/index.ts';

/**
 * Which change of each plugin (its generation) a node's lock file has taken in, kept beside the file's own contents,
 * which belong to the operator: what is decided later the file cannot know.
 */
export class LockRevisions {
  readonly #path: string;
  readonly #folder: string;
  readonly #log: Pick<Log, 'warn'>;
  #generations = new Map<string, number>();

  /** `folder` may be shared by machines, whose files are not the same even where they have the same path. */
  constructor(folder: string, lockFile: string, log: Pick<Log, 'warn'>) {
    this.#folder = folder;
    this.#path = join(folder, `${hash('sha256', `${hostname()}\0${resolve(lockFile)}`).slice(0, 32)}.json`);
    this.#log = log;
  }

  /** At the start of a node. What cannot be read is not known, and the file is then taken at its word. */
  async read(): Promise<void> {
    try {
      const known = JSON.parse(await readFile(this.#path, 'utf8')) as Record<string, number>;
      this.#generations = new Map(Object.entries(known));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      this.#log.warn({ err: error }, 'it is not known which changes plugins.lock.json has taken in');
    }
  }

  /**
   * Whether what differs by now was written by the operator: the file has taken in the latest change of the plugin, or
   * this node has never had it and brings a file of its own, as an image or a new machine does.
   */
  isCurrent({ id, generation }: { id: string; generation: number }): boolean {
    const taken = this.#generations.get(id);
    return taken === undefined || taken === generation;
  }

  /** Once the file says what the plugins are. */
  async note(generations: ReadonlyMap<string, number>): Promise<void> {
    if ([...generations].every(([id, generation]) => this.#generations.get(id) === generation)) return;
    for (const [id, generation] of generations) this.#generations.set(id, generation);
    const draft = `${this.#path}.${process.pid}.new`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(draft, JSON.stringify(Object.fromEntries(this.#generations)));
      await rename(draft, this.#path);
    } catch (error) {
      // The file is then taken for older than it is: what the operator writes next must be written once more.
      this.#log.warn({ err: error }, 'which changes plugins.lock.json has taken in could not be written down');
    }
  }
}
