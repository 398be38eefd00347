import type { IncomingMessage, ServerResponse } from 'node:http';

/** For a whole body that is no file: whoever lets it drip in holds a connection, and what was read of it. */
export const BODY_TIMEOUT_MS = 30_000;

/**
 * A request that was answered before its body had come: the rest is thrown away, so that its sender gets to see the
 * answer, but not for ever.
 */
export function endUnreadBodies(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    const timer = setTimeout(() => request.socket.destroy(), BODY_TIMEOUT_MS);
    request.once('close', () => clearTimeout(timer));
  });
}
