import type { ExtractedDocument } from '@bazaar/sdk';

/**
 * Turns a stored document into text with layout, in a separate process limited in memory and time. Rejects with
 * `ApiError('unprocessable', …, { reason: DocumentFailure })`; the server survives whatever the file holds. Rejects
 * with `unavailable` (reason `documents-busy`) when too many documents wait already.
 */
export interface DocumentExtractor {
  /** `queue`: documents of one queue (a tenant's) wait for each other; queues take turns. */
  extract(path: string, queue?: string): Promise<ExtractedDocument>;
  close(): Promise<void>;
}
