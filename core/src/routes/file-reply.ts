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

export interface PictureCaching {
  maxAgeSeconds: number;
  /** Caches on the way may keep it, and other sites show it. */
  forEverybody: boolean;
}

/** What a handler returns that answers with a picture for a page to show. Whatever its address, it never changes. */
export class PictureReply {
  readonly info: FileInfo;
  readonly content: Readable;
  readonly caching: PictureCaching;

  constructor(info: FileInfo, content: Readable, caching: PictureCaching) {
    this.info = info;
    this.content = content;
    this.caching = caching;
  }
}
