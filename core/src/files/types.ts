import type { Readable } from 'node:stream';
import type { FileInfo } from '@bazaar/sdk';

export interface IncomingFile {
  name: string;
  content: Readable;
  /** Reject larger content with `too-large` and keep nothing. */
  maxBytes: number;
  /** Accepted content types after detection; any when absent. */
  accept?: readonly string[];
}

export interface FileScope {
  tenantId: string;
  /** Owner of new files; readers must own the file or have been granted it. */
  pluginId: string;
  userId: string | null;
}

/** Storage of tenants' files; the bytes never pass through a plugin. Another plugin's file is `not-found`. */
export interface FileStore {
  store(scope: FileScope, file: IncomingFile): Promise<FileInfo>;
  info(scope: FileScope, id: string): Promise<FileInfo>;
  read(scope: FileScope, id: string): Promise<{ info: FileInfo; content: Readable }>;
  /** Path of the content on local disk, for the document extractor (copied there first by remote storages). */
  localPath(scope: FileScope, id: string): Promise<{ info: FileInfo; path: string }>;
  delete(scope: FileScope, id: string): Promise<void>;
  /** Undoes `store` of a request that has failed: the file was never anybody's, its content goes at once. */
  discard(scope: FileScope, id: string): Promise<void>;
  /** Lets another plugin of the tenant read the file. */
  grant(tenantId: string, fileId: string, pluginId: string): Promise<void>;
}
