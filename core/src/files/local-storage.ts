import { constants } from 'node:fs';
import { access, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Storage } from './storage.ts';
import { storageFailure } from './storage-failure.ts';

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{2}\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Names in a folder; none when it does not exist (any more). */
async function* namesIn(folder: string): AsyncIterable<string> {
  try {
    for await (const entry of await opendir(folder)) yield entry.name;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** Files on local disk below `folder`, readable by the kernel's user only. */
export class LocalStorage implements Storage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  #path(key: string): string {
    if (!KEY.test(key)) throw new Error(`not a storage key: ${key}`);
    return join(this.#folder, key);
  }

  async keep(localFile: string, key: string): Promise<void> {
    const path = this.#path(key);
    try {
      await sync(localFile);
      const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(localFile, path);
      await sync(dirname(path));
      // The entries of folders made just now are durable only when their parents are.
      if (made) for (let at = dirname(path); at !== dirname(made); at = dirname(at)) await sync(dirname(at));
    } catch (error) {
      throw storageFailure(error);
    }
  }

  async open(key: string) {
    try {
      const handle = await open(this.#path(key), 'r');
      return handle.createReadStream();
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageFailure(error);
    }
  }

  async localPath(key: string): Promise<string | null> {
    const path = this.#path(key);
    try {
      await access(path, constants.R_OK);
      return path;
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageFailure(error);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      await rm(this.#path(key), { force: true });
    } catch (error) {
      throw storageFailure(error);
    }
  }

  async *keysOlderThan(time: Date): AsyncIterable<string> {
    for await (const tenant of namesIn(this.#folder)) {
      for await (const shard of namesIn(join(this.#folder, tenant))) {
        for await (const name of namesIn(join(this.#folder, tenant, shard))) {
          const key = `${tenant}/${shard}/${name}`;
          if (!KEY.test(key)) continue;
          const { mtime } = await stat(join(this.#folder, key)).catch((error: unknown) => {
            if (isMissing(error)) return { mtime: time };
            throw error;
          });
          if (mtime < time) yield key;
        }
      }
    }
  }
}
