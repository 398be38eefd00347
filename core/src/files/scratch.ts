import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFailure } from './storage-failure.ts';

/** A stretch of a scratch file. */
export interface Stretch {
  start: number;
  length: number;
}

const READ_BYTES = 256 * 1024;

/**
 * Disk space for what is assembled before it is stored. The file is unlinked before anything is written: nobody else
 * can open it, and it is gone with its process, however that ends.
 */
export class Scratch {
  readonly #file: FileHandle;
  readonly #requireRoom: () => Promise<void>;
  #size = 0;

  private constructor(file: FileHandle, requireRoom: () => Promise<void>) {
    this.#file = file;
    this.#requireRoom = requireRoom;
  }

  static async open(folder: string, requireRoom: () => Promise<void>): Promise<Scratch> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomUUID());
      const file = await open(path, 'wx+', 0o600);
      await rm(path);
      return new Scratch(file, requireRoom);
    } catch (error) {
      throw storageFailure(error);
    }
  }

  /** Not while another `append` is under way. */
  async append(text: string): Promise<Stretch> {
    try {
      await this.#requireRoom();
      const content = Buffer.from(text);
      const stretch = { start: this.#size, length: content.length };
      for (let done = 0; done < content.length; ) {
        const { bytesWritten } = await this.#file.write(content, done, content.length - done, stretch.start + done);
        done += bytesWritten;
      }
      this.#size += content.length;
      return stretch;
    } catch (error) {
      throw storageFailure(error);
    }
  }

  async *read({ start, length }: Stretch): AsyncGenerator<Buffer> {
    for (let done = 0; done < length; ) {
      const chunk = Buffer.alloc(Math.min(READ_BYTES, length - done));
      const { bytesRead } = await this.#file.read(chunk, 0, chunk.length, start + done);
      if (bytesRead === 0) throw new Error('a scratch file is shorter than what was written to it');
      yield chunk.subarray(0, bytesRead);
      done += bytesRead;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
