import { randomUUID } from 'node:crypto';
import type { FileInfo } from '@bazaar/sdk';
import { ApiError } from '../errors/index.ts';
import { detectContentType } from './detect-type.ts';
import { sanitiseFileName } from './file-name.ts';
import type { FileRecord, FileRecords } from './records.ts';
import type { Spool } from './spool.ts';
import type { Storage } from './storage.ts';
import { acceptsType, nameOfType } from './type-names.ts';
import type { FileScope, FileStore, IncomingFile } from './types.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function notFound(): ApiError {
  return new ApiError('not-found', 'File not found.');
}

function contentMissing(info: FileInfo): ApiError {
  return new ApiError('unavailable', `The content of "${info.name}" is missing from storage.`, {
    reason: 'content-missing',
  });
}

function refusedType(name: string, type: string, accept: readonly string[]): ApiError {
  const accepted = accept.map((entry) => nameOfType(entry)).join(', ');
  return new ApiError(
    'unsupported-media-type',
    `"${name}" is ${nameOfType(type)}, whatever its name says. Accepted: ${accepted}.`,
    { reason: 'file-type-refused' },
  );
}

function emptyFile(name: string): ApiError {
  return new ApiError('unsupported-media-type', `"${name}" is empty: it holds not a single byte.`, {
    reason: 'file-type-refused',
  });
}

export interface FileStoreParts {
  spool: Spool;
  storage: Storage;
  records: FileRecords;
}

class StoredFiles implements FileStore {
  readonly #parts: FileStoreParts;

  constructor(parts: FileStoreParts) {
    this.#parts = parts;
  }

  async store(scope: FileScope, file: IncomingFile): Promise<FileInfo> {
    const { spool, storage, records } = this.#parts;
    const name = sanitiseFileName(file.name);
    const { path, size, sha256 } = await spool.receive(file.content, file.maxBytes, name);
    const id = randomUUID();
    const key = `${scope.tenantId}/${id.slice(0, 2)}/${id}`;
    let type: string;
    try {
      type = await detectContentType(path);
      if (file.accept && !acceptsType(file.accept, type)) {
        throw size === 0 ? emptyFile(name) : refusedType(name, type, file.accept);
      }
      await storage.keep(path, key);
    } catch (error) {
      await spool.discard(path);
      throw error;
    }
    // Should the row fail, the content stays for the sweep: the insert may have committed before its answer was lost.
    const { info } = await records.add(scope, { id, name, type, size, sha256, key });
    return info;
  }

  async #find(scope: FileScope, id: string): Promise<FileRecord> {
    const found = UUID.test(id) ? await this.#parts.records.readable(scope, id) : null;
    if (!found) throw notFound();
    return found;
  }

  async info(scope: FileScope, id: string): Promise<FileInfo> {
    return (await this.#find(scope, id)).info;
  }

  async read(scope: FileScope, id: string) {
    const { info, key } = await this.#find(scope, id);
    const content = await this.#parts.storage.open(key);
    if (!content) throw contentMissing(info);
    return { info, content };
  }

  async localPath(scope: FileScope, id: string) {
    const { info, key } = await this.#find(scope, id);
    const path = await this.#parts.storage.localPath(key);
    if (!path) throw contentMissing(info);
    return { info, path };
  }

  async delete(scope: FileScope, id: string): Promise<void> {
    // A reader to whom the file was granted sees it but does not own it.
    const { ownerId } = await this.#find(scope, id);
    if (ownerId !== scope.pluginId) {
      throw new ApiError('forbidden', 'Only the plugin that stored a file can delete it.', {
        reason: 'not-file-owner',
      });
    }
    if (!(await this.#parts.records.markDeleted(scope, id))) throw notFound();
  }

  async discard(scope: FileScope, id: string): Promise<void> {
    const { key, ownerId } = await this.#find(scope, id);
    if (ownerId !== scope.pluginId) throw notFound();
    // As in the sweep the row goes last; marked first, so that nobody finds a row without content.
    await this.#parts.records.markDeleted(scope, id);
    await this.#parts.storage.remove(key);
    await this.#parts.records.forget(scope.tenantId, id);
  }

  async grant(tenantId: string, fileId: string, pluginId: string): Promise<void> {
    if (!UUID.test(fileId) || !(await this.#parts.records.grant(tenantId, fileId, pluginId))) throw notFound();
  }
}

export function createFileStore(parts: FileStoreParts): FileStore {
  return new StoredFiles(parts);
}
