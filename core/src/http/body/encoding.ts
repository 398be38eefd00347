import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../../errors/index.ts';

/** Refuses a body that is sent compressed: it would be read as it is, and a small one may unpack to a very large one. */
export function checkEncoding(headers: IncomingHttpHeaders): void {
  const { 'content-encoding': encoding, 'content-length': length, 'transfer-encoding': chunked } = headers;
  if (encoding === undefined || encoding === '' || encoding.toLowerCase() === 'identity') return;
  if (chunked === undefined && (length === undefined || length === '0')) return;
  throw new ApiError('unsupported-media-type', 'Send the body without a Content-Encoding.', {
    reason: 'encoded-body',
    headers: { 'Accept-Encoding': 'identity' },
  });
}
