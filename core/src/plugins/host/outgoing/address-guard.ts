import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** Whether an address belongs to no single host of the public internet: loopback, private, link-local, reserved … */
export function isForbiddenAddress(address: string): boolean {
  try {
    // `process` turns IPv4-mapped IPv6 addresses into IPv4 ones.
    return ipaddr.process(address.replace(/^\[|\]$/g, '')).range() !== 'unicast';
  } catch {
    return true;
  }
}

export class ForbiddenAddressError extends Error {
  constructor(host: string) {
    super(`${host} leads to an address that plugins must not reach`);
    this.name = 'ForbiddenAddressError';
  }
}

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects only to public addresses: a literal in the URL, every answer of the name server and the peer that was
 * reached in the end are checked, so that neither notation nor a second answer gets past. `isAllowed` excepts what
 * the operator's configuration names (`host:port`).
 */
export function guardedConnector(isAllowed: (hostAndPort: string) => boolean): buildConnector.connector {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => isForbiddenAddress(address))) {
        callback(new ForbiddenAddressError(hostname), '', 0);
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  const guarded = buildConnector({ lookup: guardedLookup, timeout: CONNECT_TIMEOUT_MS, allowH2: false });
  const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS, allowH2: false });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    if (isAllowed(`${host}:${options.port || (options.protocol === 'https:' ? 443 : 80)}`)) {
      open(options, callback);
      return;
    }
    if (isIP(host) !== 0 && isForbiddenAddress(host)) {
      callback(new ForbiddenAddressError(host), null);
      return;
    }
    guarded(options, (...result) => {
      const [error, socket] = result;
      if (error) callback(error, null);
      else if (socket.remoteAddress !== undefined && isForbiddenAddress(socket.remoteAddress)) {
        socket.destroy();
        callback(new ForbiddenAddressError(host), null);
      } else callback(null, socket);
    });
  };
}
