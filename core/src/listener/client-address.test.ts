import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import { clientAddress } from './client-address.ts';

it.each([
  [undefined, true, '10.0.0.1'],
  ['192.0.2.7', false, '10.0.0.1'],
  ['192.0.2.7', true, '192.0.2.7'],
  ['forged, 192.0.2.7', true, '192.0.2.7'],
  ['', true, '10.0.0.1'],
])('the address of a request forwarded for "%s" (trusted: %s) is %s', (forwarded, trustProxy, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const request = { headers, socket: { remoteAddress: '10.0.0.1' } } as unknown as IncomingMessage;
  expect(clientAddress(request, trustProxy)).toBe(address);
});
