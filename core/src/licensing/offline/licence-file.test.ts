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
    ['signed, but empty', () => foreign({ typ: 'bazaar-licence+jws' }), 'not-a-licence-file'],
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

function foreign(header: { typ: string }): Promise<string> {
  return new CompactSign(Buffer.from('{}'))
    .setProtectedHeader({ alg: 'EdDSA', kid: 'acme', ...header })
    .sign(createPrivateKey(ISSUER.privateKey));
}
