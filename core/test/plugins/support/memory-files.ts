import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileInfo } from '@bazaar/sdk';
import { ApiError } from '../../../src/errors/index.ts';
import type { FileScope, FileStore } from '../../../src/files/index.ts';

interface Stored {
  info: FileInfo;
  content: Buffer;
  tenantId: string;
  readers: Set<string>;
}

/** The file store's rules without its disk: who owns a file or was granted it may read it, nobody else knows of it. */
export class MemoryFiles implements FileStore {
  readonly #files = new Map<string, Stored>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'bazaar-files-'));

  #find(scope: FileScope, id: string): Stored {
    const stored = this.#files.get(id);
    if (stored?.tenantId !== scope.tenantId || !stored.readers.has(scope.pluginId)) {
      throw new ApiError('not-found', 'File not found.');
    }
    return stored;
  }

  async store(scope: FileScope, file: { name: string; content: Readable }): Promise<FileInfo> {
    const chunks: Buffer[] = [];
    for await (const chunk of file.content) chunks.push(Buffer.from(chunk as Buffer));
    const content = Buffer.concat(chunks);
    const info: FileInfo = {
      id: randomUUID(),
      name: file.name,
      type: 'text/plain',
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      createdAt: new Date().toISOString(),
    };
    this.#files.set(info.id, { info, content, tenantId: scope.tenantId, readers: new Set([scope.pluginId]) });
    return info;
  }

  async info(scope: FileScope, id: string): Promise<FileInfo> {
    return this.#find(scope, id).info;
  }

  async read(scope: FileScope, id: string): Promise<{ info: FileInfo; content: Readable }> {
    const { info, content } = this.#find(scope, id);
    return { info, content: Readable.from([content]) };
  }

  async localPath(scope: FileScope, id: string): Promise<{ info: FileInfo; path: string }> {
    const { info, content } = this.#find(scope, id);
    const path = join(this.#folder, id);
    writeFileSync(path, content);
    return { info, path };
  }

  async discard(scope: FileScope, id: string): Promise<void> {
    await this.delete(scope, id);
  }

  async delete(scope: FileScope, id: string): Promise<void> {
    this.#find(scope, id);
    this.#files.delete(id);
  }

  async grant(tenantId: string, fileId: string, pluginId: string): Promise<void> {
    const stored = this.#files.get(fileId);
    if (stored?.tenantId !== tenantId) throw new ApiError('not-found', 'File not found.');
    stored.readers.add(pluginId);
  }
}
