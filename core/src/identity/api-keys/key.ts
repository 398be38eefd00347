import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Found by scanners that look for secrets in code. */
const PREFIX = 'bzk_';
const FORM = /^bzk_([0-9a-f]{32})_([\w-]{43})$/;

/** Tells keys from access tokens without looking into them. */
export function isApiKey(token: string): boolean {
  return token.startsWith(PREFIX);
}

/** `bzk_<id>_<secret>`: the id finds the key, of the 256-bit secret only the hash is kept. */
export function newApiKey(id: string): { key: string; secretHash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { key: `${PREFIX}${id.replaceAll('-', '')}_${secret}`, secretHash: hashOf(secret) };
}

/** `null` for what cannot be a key. */
export function readApiKey(key: string): { id: string; secretHash: Buffer } | null {
  const [, hex, secret] = FORM.exec(key) ?? [];
  if (hex === undefined || secret === undefined) return null;
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secretHash: hashOf(secret) };
}

export function sameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
