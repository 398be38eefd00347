import type { DocumentFailure, ExtractedDocument } from '@bazaar/sdk';

/** One document for a worker. Sent with structured clone: the bytes are not turned into JSON. */
export interface ExtractionRequest {
  id: number;
  format: ExtractedDocument['format'];
  bytes: Uint8Array;
}

export type ExtractionReply = { id: number /** Resident memory of the worker, in bytes. */; memory: number } & (
  | { document: ExtractedDocument }
  | { failure: DocumentFailure /** For the log, not for people. */; cause: string }
);
