import { ApiError } from '../../../errors/index.ts';

/**
 * The capability that lets a plugin reach this address, or a refusal that names the missing one. `http:<host>`
 * opens https on its usual port; `http:<host>:<port>` opens that port, with https or http.
 */
export function grantFor(url: URL, capabilities: ReadonlySet<string>): string {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new ApiError('invalid-input', `${url.protocol} addresses cannot be reached; use https.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ApiError('invalid-input', 'The address must not hold a user name or password; use a header.');
  }
  const host = url.hostname.toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const ofPort = `http:${host}:${port}`;
  if (capabilities.has(ofPort)) return ofPort;
  const ofHost = `http:${host}`;
  if (url.protocol === 'https:' && port === 443) {
    if (capabilities.has(ofHost)) return ofHost;
    throw missing(ofHost);
  }
  throw missing(ofPort);
}

function missing(capability: string): ApiError {
  return new ApiError('forbidden', `The plugin has not been granted the capability "${capability}".`, {
    reason: 'capability-missing',
  });
}
