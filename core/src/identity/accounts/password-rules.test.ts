import { describe, expect, it } from 'vitest';
import { commonPasswords } from './common-passwords.ts';
import { checkNewPassword, passwordFault } from './password-rules.ts';

const ADA = { email: 'ada.lovelace@acme.test', name: 'Ada Lovelace' };

describe('a new password', () => {
  it.each([
    ['short', /at least 10/],
    ['🦊🦊🦊🦊🦊', /at least 10/],
    ['aaaaaaaaaaaa', /different characters/],
    ['121212121212', /different characters/],
    ['ADA.Lovelace@acme.test', /name or e-mail/],
    ['ada.lovelace', /name or e-mail/],
    ['Ada Lovelace', /name or e-mail/],
    ['AdaLovelace!', /name or e-mail/],
    ['1234567890', /first that are tried/],
    ['Password123!', /first that are tried/],
    ['qwertyuiop', /first that are tried/],
    ['sunshine2026!!', /first that are tried/],
    ['！Ｐａｓｓｗｏｒｄ１２３', /first that are tried/],
  ])('%s is refused', async (password, words) => {
    expect(passwordFault(password, ADA, await commonPasswords())).toMatch(words);
  });

  it.each([
    'correct horse battery',
    'a password of the tests',
    'zwölf Boxkämpfer',
    '8f3kQ0-vx2!',
    '看護師は毎日病院へ行きます',
  ])('%s is good enough', async (password) => {
    expect(passwordFault(password, ADA, await commonPasswords())).toBeNull();
  });

  it('is refused where it was given', async () => {
    await expect(checkNewPassword('qwertyuiop', ADA, '/new')).rejects.toMatchObject({
      code: 'invalid-input',
      reason: 'weak-password',
      errors: [{ pointer: '/new' }],
    });
  });
});
