import type { ExtractedDocument } from '@bazaar/sdk';

/**
 * Turns a stored document into text with layout, in a separate process limited in memory and time. Rejects with
 * `ApiError('unprocessable', …, { reason: DocumentFailure })`; the server survives whatever the file holds.
 */
export interface DocumentExtractor {
  extract(path: string): Promise<ExtractedDocument>;
  close(): Promise<void>;
}
