import { expect, it } from 'vitest';
import { newRecoveryCodes, readRecoveryCode, recoveryCodeHash } from './recovery-code.ts';

it('hands out ten different codes that read back as they are', () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) {
    expect(code).toMatch(/^[0-9a-z]{5}-[0-9a-z]{5}$/);
    expect(readRecoveryCode(code)).toBe(code.replace('-', ''));
  }
});

it.each([
  ['abcde-fgh12', 'abcdefgh12'],
  [' ABCDE FGH12 ', 'abcdefgh12'],
  ['ABCDEFGHIL', 'abcdefgh11'],
  ['oOoOo-00000', '0000000000'],
  ['abcde-fgh1', null],
  ['abcde-fgh123', null],
  ['abcde-fghu1', null],
  ['', null],
])('reads %j as %j', (text, code) => {
  expect(readRecoveryCode(text)).toBe(code);
});

it('stores nothing that fits another person or another key', () => {
  const key = Buffer.alloc(32, 1);
  const hash = recoveryCodeHash(key, 'ada', 'abcdefgh12');
  expect(recoveryCodeHash(key, 'ada', 'abcdefgh12')).toEqual(hash);
  expect(recoveryCodeHash(key, 'bob', 'abcdefgh12')).not.toEqual(hash);
  expect(recoveryCodeHash(Buffer.alloc(32, 2), 'ada', 'abcdefgh12')).not.toEqual(hash);
});
