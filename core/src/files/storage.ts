import type { Readable } from 'node:stream';

/** Where the bytes of kept files live. Keys are `<tenant>/<aa>/<uuid>`. Failures are `unavailable` problems. */
export interface Storage {
  /** Makes a local file the content of `key`, durably: it is there after a power cut. Takes the file over. */
  keep(localFile: string, key: string): Promise<void>;
  /** `null` when there is no such content. */
  open(key: string): Promise<Readable | null>;
  /** A path on local disk that holds the content for now; `null` when there is none. */
  localPath(key: string): Promise<string | null>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Keys whose content was written before the given time. */
  keysOlderThan(time: Date): AsyncIterable<string>;
}
