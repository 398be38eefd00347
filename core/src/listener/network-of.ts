import ipaddr from 'ipaddr.js';

/** Groups of an IPv6 address that name its network. */
const NETWORK_GROUPS = 4;

/**
 * What counts as one address wherever something is limited: an IPv4 address, or the /64 network of an IPv6 address,
 * since that is what one connection gets and can change addresses within.
 */
export function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, NETWORK_GROUPS);
  return network.map((group) => group.toString(16)).join(':');
}
