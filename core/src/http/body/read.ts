import type { IncomingMessage } from 'node:http';
import { formatSize } from '@bazaar/sdk';
import { ApiError } from '../../errors/index.ts';
import { BODY_TIMEOUT_MS } from '../../listener/index.ts';

/** Bodies that are held in memory; files travel as multipart and have their own limit. */
export const MAX_BODY_BYTES = 1024 * 1024;

export interface BodyLimits {
  maxBytes: number;
  /** When absent, the time that the server gives every request. */
  timeoutMs?: number;
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError('too-large', `The body is larger than ${formatSize(maxBytes)}.`);
}

function tooSlow(timeoutMs: number): ApiError {
  return new ApiError('request-timeout', `The body did not arrive within ${timeoutMs / 1000} s.`, {
    // Nobody waits for the rest of it.
    headers: { Connection: 'close' },
  });
}

/** Reads a whole body; empty without one. */
export async function readBody(
  request: IncomingMessage,
  { maxBytes, timeoutMs }: BodyLimits = { maxBytes: MAX_BODY_BYTES, timeoutMs: BODY_TIMEOUT_MS },
): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  if (chunked === undefined && (length === undefined || length === '0')) return Buffer.alloc(0);
  if (length !== undefined && Number(length) > maxBytes) throw tooLarge(maxBytes);
  let timer: NodeJS.Timeout | undefined;
  const reading = new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const giveUp = (refusal: ApiError) => {
      request.off('data', onData);
      // The rest is read and thrown away, so that the sender gets to see the answer.
      request.resume();
      reject(refusal);
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) giveUp(tooLarge(maxBytes));
      else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('close', () => {
      if (!request.complete) reject(new ApiError('malformed-request', 'The connection closed before the body ended.'));
    });
    request.once('error', (cause) => {
      reject(new ApiError('malformed-request', 'The body could not be read.', { cause }));
    });
    if (timeoutMs !== undefined) timer = setTimeout(() => giveUp(tooSlow(timeoutMs)), timeoutMs);
  });
  return reading.finally(() => clearTimeout(timer));
}
