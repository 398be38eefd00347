import { expect, test } from 'vitest';
import { tokenExpiry } from './token.ts';

const encoded = (claims: unknown) => `h.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_')}.s`;

test('reads when a token ends', () => {
  expect(tokenExpiry(encoded({ exp: 1_700_000_000, note: '???>>>' }))).toBe(1_700_000_000_000);
});

test.each([['opaque'], ['a.%%%.c'], [encoded({})], [encoded(null)], [encoded({ exp: 'soon' })], ['']])(
  '%s does not say',
  (token) => {
    expect(tokenExpiry(token)).toBeNull();
  },
);
