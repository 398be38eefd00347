import type { IncomingMessage } from 'node:http';

/**
 * Whether a browser page may open a socket: pages of our own origin only. Clients that are not browsers send no
 * Origin, and a page cannot leave it out.
 */
export function sameOrigin(request: Pick<IncomingMessage, 'headers'>, publicOrigin: string | undefined): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (publicOrigin !== undefined && origin === publicOrigin) return true;
  try {
    return host !== undefined && new URL(origin).host === host;
  } catch {
    // "null", or nothing that is an origin.
    return false;
  }
}

/** When an access token ends, in milliseconds since 1970; `undefined` when it does not say. Does not verify it. */
export function tokenExpiry(token: string): number | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const exp = (payload as { exp?: unknown } | null)?.exp;
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    // Not a JWT: then it does not say.
    return undefined;
  }
}
