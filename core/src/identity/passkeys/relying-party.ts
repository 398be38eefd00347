import { isIP } from 'node:net';

/** For whom passkeys are made (WebAuthn's relying party). */
export interface RelyingParty {
  name: string;
  /** The domain that passkeys belong to. */
  id: string;
  /** The one origin whose pages may use them. */
  origin: string;
}

/**
 * The relying party of a platform at this address; `null` where browsers allow none: passkeys belong to a domain, not to
 * an IP address, and need https. The machine's own address counts as `localhost`, which browsers except from both.
 */
export function relyingPartyOf(publicOrigin: string, name = 'Bazaar'): RelyingParty | null {
  const url = new URL(publicOrigin);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (/^127\.\d+\.\d+\.\d+$/.test(host) || host === '::1') url.hostname = 'localhost';
  else if (isIP(host) !== 0) return null;
  const isLocal = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
  return url.protocol === 'https:' || isLocal ? { name, id: url.hostname, origin: url.origin } : null;
}
