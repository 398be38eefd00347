import { join } from 'node:path';
import type { Database } from '../data/index.ts';
import { createFileStore } from './file-store.ts';
import { LocalStorage } from './local-storage.ts';
import { FileRecords } from './records.ts';
import type { Scratch } from './scratch.ts';
import { Spool } from './spool.ts';
import { type SweepResult, sweepFiles } from './sweep.ts';
import type { FileStore } from './types.ts';

/**
 * Uploads are refused before they fill the disk: the embedded database often lies on the same one, and PostgreSQL
 * stops when it cannot write its log, and does not start with less.
 */
const RESERVE_BYTES = 96 * 1024 * 1024;

export interface FilesOptions {
  /** The data folder; files live below its `files`. */
  dataDir: string;
  database: Pick<Database, 'queryInTenant' | 'platform'>;
}

export interface Files {
  store: FileStore;
  /** To be closed by whoever opened it. */
  scratch(): Promise<Scratch>;
  /** Removes leftovers older than an hour; to be called now and then, by any node. */
  sweep(): Promise<SweepResult>;
}

/** Tenants' files on local disk, known to the database. */
export function createFiles({ dataDir, database }: FilesOptions): Files {
  const folder = join(dataDir, 'files');
  const parts = {
    spool: new Spool(join(folder, '.incoming'), RESERVE_BYTES),
    storage: new LocalStorage(folder),
    records: new FileRecords(database),
  };
  return {
    store: createFileStore(parts),
    scratch: () => parts.spool.scratch(),
    sweep: () => sweepFiles(parts, new Date()),
  };
}
