import type { DocumentFailure } from '@bazaar/sdk';

/** Why a document cannot be read; the parent tells it to the caller in words. */
export class UnreadableDocument extends Error {
  readonly reason: DocumentFailure;

  constructor(reason: DocumentFailure, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'UnreadableDocument';
    this.reason = reason;
  }
}
