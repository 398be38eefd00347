import { expect, it } from 'vitest';
import { providerUrl } from './provider-fetch.ts';

const PRIVATE = new Set(['127.0.0.1:4100', 'idp.acme.test:80']);

it.each([
  'https://login.acme.test',
  'https://login.acme.test/tenant/v2.0',
  'http://127.0.0.1:4100/oidc',
  'http://idp.acme.test/',
])('%s is an address of a provider', (address) => {
  expect(providerUrl(address, PRIVATE).href).toBe(new URL(address).href);
});

it.each([
  '',
  'login.acme.test',
  'http://login.acme.test',
  'http://127.0.0.1:4101',
  'http://127.0.0.1',
  'http://idp.acme.test:8080',
  'https://user:secret@login.acme.test',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'ftp://login.acme.test',
])('%s is none', (address) => {
  expect(() => providerUrl(address, PRIVATE)).toThrow(expect.objectContaining({ reason: 'address-not-allowed' }));
});
