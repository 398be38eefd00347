import type { PoolClient } from 'pg';
import { TableApiMisuse } from './errors.ts';

/** As much as a sandbox takes for the result of a host call: beyond it, the kernel would read for nobody. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The statement is at fault, not the connection, which only ends because nothing else stops the server's sending. */
export class AnswerTooLarge extends TableApiMisuse {
  constructor() {
    super('the answer of the database is larger than 16 MB; ask for fewer rows or less of each');
    this.name = 'AnswerTooLarge';
  }
}

/**
 * Ends the connection when the answer to one statement grows too large. The driver collects whatever comes, and one
 * query can answer with more than this process can hold.
 */
export function limitAnswers({ connection }: PoolClient): void {
  const { stream } = connection;
  let bytes = 0;
  connection.on('readyForQuery', () => {
    bytes = 0;
  });
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) stream.destroy(new AnswerTooLarge());
  });
}
