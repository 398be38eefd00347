import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing } from './missing.ts';
import type { BuiltFile } from './protocol.ts';

const UNFINISHED = '.unfinished-';
/** No build takes as long; what is older was left by a process that was killed. */
const STALE_MS = 10 * 60_000;

/** `<folder>/<package>/<tool revision>/<kind>/`: a folder is there as a whole or not at all. */
export class BundleCache {
  readonly #folder: string;
  readonly #revision: string;

  constructor(folder: string, revision: string) {
    this.#folder = folder;
    this.#revision = revision;
  }

  #packageFolder(integrity: string): string {
    return join(this.#folder, createHash('sha256').update(integrity).digest('hex').slice(0, 40));
  }

  folderOf(integrity: string, kind: string): string {
    return join(this.#packageFolder(integrity), this.#revision, kind);
  }

  async has(folder: string): Promise<boolean> {
    try {
      return (await stat(folder)).isDirectory();
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Puts the files where `folder` says, at once; another process may have been faster with the same. */
  async store(folder: string, files: readonly BuiltFile[]): Promise<void> {
    const unfinished = join(this.#folder, UNFINISHED + randomUUID());
    try {
      await mkdir(unfinished, { recursive: true });
      for (const { name, code } of files) {
        await mkdir(dirname(join(unfinished, name)), { recursive: true });
        await writeFile(join(unfinished, name), code, { flush: true });
      }
      await mkdir(dirname(folder), { recursive: true });
      await rename(unfinished, folder).catch(async (error: unknown) => {
        if (!(await this.has(folder))) throw error;
      });
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  }

  async forget(integrity: string): Promise<void> {
    await rm(this.#packageFolder(integrity), { recursive: true, force: true });
  }

  /** Deletes what killed builds and other revisions of the tools have left. */
  async sweep(): Promise<void> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch (error) {
      if (isMissing(error)) return;
      throw error;
    }
    for (const name of names) {
      const path = join(this.#folder, name);
      if (name.startsWith(UNFINISHED)) {
        const age = Date.now() - (await stat(path)).mtimeMs;
        if (age > STALE_MS) await rm(path, { recursive: true, force: true });
        continue;
      }
      for (const revision of await readdir(path)) {
        if (revision !== this.#revision) await rm(join(path, revision), { recursive: true, force: true });
      }
    }
  }
}
