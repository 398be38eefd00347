import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from './missing.ts';
import type { BuiltFile } from './protocol.ts';

/**
 * What was built once on this machine, for all platforms that name the same folder. Each build is one file, there as a
 * whole or not at all: any number of processes may write, read and delete at the same time.
 */
export class BuildCache {
  readonly #folder: string;
  readonly #revision: string;

  constructor(folder: string, revision: string) {
    this.#folder = folder;
    this.#revision = revision;
  }

  #fileOf(integrity: string, kind: string): string {
    const name = createHash('sha256').update(`${this.#revision}\0${integrity}\0${kind}`).digest('hex').slice(0, 40);
    return join(this.#folder, `${name}.json`);
  }

  async read(integrity: string, kind: string): Promise<BuiltFile[] | undefined> {
    try {
      return JSON.parse(await readFile(this.#fileOf(integrity, kind), 'utf8')) as BuiltFile[];
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async keep(integrity: string, kind: string, files: readonly BuiltFile[]): Promise<void> {
    // Who writes here says what runs: nobody but this user.
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const unfinished = join(this.#folder, `.unfinished-${randomUUID()}`);
    try {
      await writeFile(unfinished, JSON.stringify(files), { mode: 0o600, flush: true });
      await rename(unfinished, this.#fileOf(integrity, kind));
    } finally {
      await rm(unfinished, { force: true });
    }
  }
}
