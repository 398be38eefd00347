import { createPrivateKey } from 'node:crypto';
import { CompactSign, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import {
  createIssuerKey,
  type OfflineLicence,
  publicPartOf,
  readIssuerKeys,
  readLicence,
  signLicence,
} from './licence-file.ts';

const ISSUER = createIssuerKey();
const KEYS = readIssuerKeys(`acme:${ISSUER.publicKey}, other:${createIssuerKey().publicKey}`);
const LICENCE: Omit<OfflineLicence, 'id'> = {
  installation: 'bz_1',
  tenant: 'acme-staffing',
  plugin: 'crm',
  plan: 'annual',
  issuedAt: '2026-11-21T00:00:00.000Z',
  expiresAt: '2027-11-21T00:00:00.000Z',
  seats: 5,
  limits: {},
  revokes: [],
};

const sign = (licence = LICENCE, name = 'acme', privateKey = ISSUER.privateKey) =>
  signLicence(licence, { name, privateKey });

const NONE = 'not-a-licence-file';
const whole = { id: crypto.randomUUID(), ...LICENCE };
const text = JSON.stringify(whole);
/** By the right issuer, whatever it says. */
const signed = (payload: string) => foreign({ typ: 'bazaar-licence+jws' }, payload);

/** The file with one character of a part replaced. */
async function altered(part: number): Promise<string> {
  const parts = (await sign()).split('.');
  const text = parts[part] ?? '';
  parts[part] = `${text.slice(0, 8)}${text[8] === 'A' ? 'B' : 'A'}${text.slice(9)}`;
  return parts.join('.');
}

async function swapped(change: object): Promise<string> {
  const [header, , signature] = (await sign()).split('.');
  const payload = Buffer.from(JSON.stringify({ id: crypto.randomUUID(), ...LICENCE, ...change })).toString('base64url');
  return [header, payload, signature].join('.');
}

describe('a licence file', () => {
  it('says what was signed', async () => {
    expect(await readLicence(`${await sign()}\n`, KEYS)).toEqual({ id: expect.any(String), ...LICENCE });
    expect(await readLicence(await signed(text), KEYS)).toEqual(whole);
    expect(publicPartOf(ISSUER.privateKey)).toBe(ISSUER.publicKey);
  });

  it.each<[string, () => Promise<string> | string, string]>([
    ['with more seats than were signed', () => swapped({ seats: 500 }), 'tampered'],
    ['for another installation than was signed', () => swapped({ installation: 'bz_2' }), 'tampered'],
    ['with another payload', () => altered(1), 'tampered'],
    ['with another signature', () => altered(2), 'tampered'],
    ['by an issuer nobody knows', () => sign(LICENCE, 'nobody'), 'unknown-issuer'],
    ['by somebody in the name of another', () => sign(LICENCE, 'other'), 'tampered'],
    ['with nobody’s signature', () => new UnsecuredJWT({ ...LICENCE }).encode(), 'not-a-licence-file'],
    ['signed for another purpose', () => foreign({ typ: 'JWT' }), 'not-a-licence-file'],
    ['signed, but empty', () => signed('{}'), 'not-a-licence-file'],
    ['signed, with a name that stands twice', () => signed(text.replace('"seats":5', '"seats":5,"seats":500')), NONE],
    ['signed, with a name that stands twice inside', () => signed(text.replace('{}', '{"a":1,"a":2}')), NONE],
    [
      'signed, with a name twice by an escape',
      () => signed(text.replace('"seats":5', '"seats":5,"\\u0073eats":9')),
      NONE,
    ],
    ['signed, with room between', () => signed(JSON.stringify(whole, null, 1)), NONE],
    ['signed, as a list', () => signed(`[${text}]`), NONE],
    ['signed, as nothing', () => signed('null'), NONE],
    ['signed, with the name of a prototype', () => signed(text.replace('{}', '{"__proto__":1}')), NONE],
    [
      'signed, to end in a leap second',
      () => signed(text.replace('2027-11-21T00:00:00.000Z', '2027-06-30T23:59:60Z')),
      NONE,
    ],
    ['signed, to end on a day there is not', () => signed(text.replace('2027-11-21', '2027-02-30')), NONE],
    ['signed, with half of a place', () => signed(text.replace('"seats":5', '"seats":5.5')), NONE],
    ['signed, with more than there is', () => signed(text.replace('"seats":5', '"seats":1e400')), NONE],
    ['of junk', () => 'junk', 'not-a-licence-file'],
    ['of nothing', () => '', 'not-a-licence-file'],
  ])('%s is refused', async (_what, file, reason) => {
    await expect(readLicence(await file(), KEYS)).rejects.toMatchObject({ reason });
  });

  it.each(['acme', 'acme:', 'acme:abc', `acme:${'A'.repeat(86)}`])('refuses the key %s', (text) => {
    expect(() => readIssuerKeys(text)).toThrow(/Ed25519/);
  });

  it('is never signed incomplete', async () => {
    await expect(sign({ ...LICENCE, tenant: 'No Slug' })).rejects.toThrow(/not complete/);
  });
});

function foreign(header: { typ: string }, payload = '{}'): Promise<string> {
  return new CompactSign(Buffer.from(payload))
    .setProtectedHeader({ alg: 'EdDSA', kid: 'acme', ...header })
    .sign(createPrivateKey(ISSUER.privateKey));
}
