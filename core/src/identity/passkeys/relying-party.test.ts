import { expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

it.each([
  ['https://work.acme.test', 'work.acme.test', 'https://work.acme.test'],
  ['https://work.acme.test:8443', 'work.acme.test', 'https://work.acme.test:8443'],
  ['http://127.0.0.1:4000', 'localhost', 'http://localhost:4000'],
  ['http://[::1]:4000', 'localhost', 'http://localhost:4000'],
  ['http://localhost:4000', 'localhost', 'http://localhost:4000'],
  ['http://a.localhost', 'a.localhost', 'http://a.localhost'],
])('%s has passkeys of %s', (address, id, origin) => {
  expect(relyingPartyOf(address)).toEqual({ name: 'Bazaar', id, origin });
});

it.each(['http://work.acme.test', 'https://192.0.2.7', 'http://10.0.0.1:4000', 'https://[2001:db8::1]'])(
  '%s has none',
  (address) => {
    expect(relyingPartyOf(address)).toBeNull();
  },
);
