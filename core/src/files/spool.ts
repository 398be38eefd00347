import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { formatSize } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { Scratch } from './scratch.ts';
import { storageFailure, storageFull } from './storage-failure.ts';

export interface Spooled {
  path: string;
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

/** How much is written between two looks at the room that is left. */
const LOOK_BYTES = 8 * 1024 * 1024;

/** Chunks of the sender. An error here is the sender's (or a problem raised on the way), never the disk's. */
async function* incoming(content: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of content) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string);
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    throw new ApiError('malformed-request', 'The upload ended before the file was complete.', {
      reason: 'upload-aborted',
      cause,
    });
  }
}

/** Where content arrives before it is known to be wanted: a folder on the same disk as the files. */
export class Spool {
  readonly #folder: string;
  readonly #reserveBytes: number;

  /** `reserveBytes`: room on the disk that is left to others, e.g. to the database. */
  constructor(folder: string, reserveBytes = 0) {
    this.#folder = folder;
    this.#reserveBytes = reserveBytes;
  }

  async #requireRoom(): Promise<void> {
    if (this.#reserveBytes === 0) return;
    const { bavail, bsize } = await statfs(this.#folder);
    if (bavail * bsize < this.#reserveBytes) throw storageFull();
  }

  /**
   * Writes the content to a file of its own while measuring and hashing it. Content above `maxBytes` is refused at
   * the first byte too many: `content` is destroyed and nothing is kept.
   */
  async receive(content: Readable, maxBytes: number, name: string): Promise<Spooled> {
    // It may fail before it is read, and an error that nobody listens to ends the process. Reading meets it again.
    content.on('error', () => undefined);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await this.#requireRoom();
    } catch (error) {
      content.destroy();
      throw storageFailure(error);
    }
    const path = join(this.#folder, randomUUID());
    try {
      const hash = createHash('sha256');
      let size = 0;
      let lookAt = LOOK_BYTES;
      const file = await open(path, 'wx', 0o600);
      try {
        for await (const chunk of incoming(content)) {
          size += chunk.length;
          if (size > maxBytes) {
            throw new ApiError('too-large', `"${name}" is larger than ${formatSize(maxBytes)}.`, {
              reason: 'file-too-large',
            });
          }
          if (size > lookAt) {
            lookAt += LOOK_BYTES;
            await this.#requireRoom();
          }
          hash.update(chunk);
          // Not `write`: that may write a part of the chunk only.
          await file.appendFile(chunk);
        }
      } finally {
        await file.close();
      }
      return { path, size, sha256: hash.digest('hex') };
    } catch (error) {
      content.destroy();
      await this.discard(path);
      throw storageFailure(error);
    }
  }

  /** To be closed by whoever opened it. */
  scratch(): Promise<Scratch> {
    return Scratch.open(this.#folder, () => this.#requireRoom());
  }

  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  /** Removes what uploads left behind that a crash ended. */
  async removeOlderThan(time: Date): Promise<number> {
    let removed = 0;
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (!found || found.mtime >= time) continue;
      await rm(path, { force: true });
      removed++;
    }
    return removed;
  }
}
