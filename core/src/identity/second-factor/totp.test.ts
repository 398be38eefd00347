import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { matchTotp, newTotpSecret, totpUri } from './totp.ts';

// RFC 6238, appendix B (SHA-1), as six digits.
const RFC = Secret.fromUTF8('12345678901234567890').base32;

const at = (step: number, second = 0) => (step * 30 + second) * 1000;
const codeOf = (secret: string, step: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at(step) });

describe('one-time codes', () => {
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('accepts the code of RFC 6238 at second %i', (second, code) => {
    expect(matchTotp(RFC, code, second * 1000, null)).toBe(Math.floor(second / 30));
  });

  it.each([
    ['two steps early', 98, null],
    ['one step early', 99, 99],
    ['now', 100, 100],
    ['one step late', 101, 101],
    ['two steps late', 102, null],
  ])('judges a code that is %s', (_name, step, expected) => {
    expect(matchTotp(RFC, codeOf(RFC, step), at(100, 29), null)).toBe(expected);
  });

  it.each([
    ['the step itself', 100, 100, null],
    ['a step before the last', 99, 100, null],
    ['a step after the last', 101, 100, 101],
    ['the first one', 99, 98, 99],
  ])('does not accept twice: %s', (_name, step, last, expected) => {
    expect(matchTotp(RFC, codeOf(RFC, step), at(100), last)).toBe(expected);
  });

  it('reads codes as apps show them and refuses everything else', () => {
    const code = codeOf(RFC, 100);
    expect(matchTotp(RFC, ` ${code.slice(0, 3)} ${code.slice(3)} `, at(100), null)).toBe(100);
    expect(matchTotp(RFC, `${code.slice(0, 3)}-${code.slice(3)}`, at(100), null)).toBe(100);
    for (const junk of ['', '12345', '1234567', 'abcdef', '１２３４５６', `${code}0`, '0x1234', '-00001']) {
      expect(matchTotp(RFC, junk, at(100), null), junk).toBeNull();
    }
  });

  it('makes secrets of 160 bits and an address that apps read', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    const uri = new URL(totpUri(secret, 'Bazaar', 'ada+x@acme.test'));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/Bazaar:ada+x@acme.test');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret, issuer: 'Bazaar', digits: '6', period: '30' });
  });
});
