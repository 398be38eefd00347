import type { Readable } from 'node:stream';
import type { FileInfo } from '@bazaar/sdk';

/** What a handler returns that answers with a file, as a download. */
export class FileReply {
  readonly info: FileInfo;
  readonly content: Readable;

  constructor(info: FileInfo, content: Readable) {
    this.info = info;
    this.content = content;
  }
}
