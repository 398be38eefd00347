import type { IncomingMessage } from 'node:http';

/**
 * Who has sent a request that does not go through the pipeline. `trustProxy`: the last address of X-Forwarded-For, which
 * is our proxy's word; the others are the client's.
 */
export function clientAddress({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? [headers['x-forwarded-for'] ?? []].flat().join(',') : '';
  return forwarded.split(',').at(-1)?.trim() || (socket.remoteAddress ?? '');
}
