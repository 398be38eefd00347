import { expect, it } from 'vitest';
import { isApiKey, newApiKey, readApiKey, sameHash } from './key.ts';

const ID = '0b4f5b9e-9b0a-4c59-9d43-5a4f2b0c1d2e';

it('an API key is read as it was made, its secret by hash only', () => {
  const { key, secretHash } = newApiKey(ID);
  expect(key).toMatch(/^bzk_[0-9a-f]{32}_[\w-]{43}$/);
  expect(isApiKey(key)).toBe(true);
  const read = readApiKey(key);
  expect(read?.id).toBe(ID);
  expect(read && sameHash(read.secretHash, secretHash)).toBe(true);
  expect(sameHash(secretHash, newApiKey(ID).secretHash)).toBe(false);
});

it.each(['', 'bzk_', `bzk_${ID}_x`, 'eyJhbGciOi.J9.x', `bzk_${ID.replaceAll('-', '')}_short`, 'bzk_\u0000'])(
  '%j is no API key',
  (text) => {
    expect(readApiKey(text)).toBeNull();
  },
);
