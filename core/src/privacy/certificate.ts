import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { ErasedCount, KeptCount, PartErasure } from './types.ts';

/** What a certificate says; it never says whom it is about otherwise than by the request. */
export interface CertificateText {
  format: 'bazaar-erasure-certificate';
  formatVersion: 1;
  platform: string;
  request: string;
  about: 'person' | 'workspace';
  requestedAt: string;
  completedAt: string;
  /** What was done, by workspace and part. */
  parts: Pick<PartErasure, 'tenant' | 'part' | 'title' | 'state' | 'erased' | 'kept'>[];
  totals: { erased: ErasedCount[]; kept: KeptCount[] };
}

export interface SignedCertificate {
  /** JSON, as it was signed. */
  text: string;
  /** Ed25519, base64url. */
  signature: string;
}

export interface CertificateAuthority {
  /** JWK. */
  readonly publicKey: { kty: 'OKP'; crv: 'Ed25519'; x: string };
  sign(certificate: CertificateText): SignedCertificate;
  isGenuine(certificate: SignedCertificate): boolean;
}

/** Head of an Ed25519 private key in PKCS #8, before its 32 bytes. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs with the platform's key for this purpose: whoever has the public one can tell what the platform said. */
export function createAuthority(key: Buffer): CertificateAuthority {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, key]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    publicKey: { kty: 'OKP', crv: 'Ed25519', x },
    sign(certificate) {
      const text = JSON.stringify(certificate);
      return { text, signature: sign(null, Buffer.from(text), privateKey).toString('base64url') };
    },
    isGenuine: ({ text, signature }) => verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url')),
  };
}

/** Counts of the same thing in several places, added up. */
export function addUp<Counted extends ErasedCount>(counts: readonly Counted[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const one of counts) {
    const sum = sums.get(one.what);
    sums.set(one.what, sum ? { ...sum, count: sum.count + one.count } : { ...one });
  }
  return [...sums.values()];
}

/** Results of a part that was asked more than once, as one: what it erased first and what it erased later. */
export function mergeResults(before: readonly PartErasure[], next: PartErasure): PartErasure[] {
  const isSame = (one: PartErasure) => one.tenant === next.tenant && one.part === next.part;
  const earlier = before.find(isSame);
  if (!earlier) return [...before, next];
  const merged = { ...next, erased: addUp([...earlier.erased, ...next.erased]) };
  return before.map((one) => (isSame(one) ? merged : one));
}

export function certificateOf(
  facts: Pick<CertificateText, 'platform' | 'request' | 'about' | 'requestedAt' | 'completedAt'>,
  results: readonly PartErasure[],
): CertificateText {
  return {
    format: 'bazaar-erasure-certificate',
    formatVersion: 1,
    ...facts,
    parts: results.map(({ tenant, part, title, state, erased, kept }) => ({
      tenant,
      part,
      title,
      state,
      erased,
      kept,
    })),
    totals: {
      erased: addUp(results.flatMap(({ erased }) => erased)),
      kept: addUp(results.flatMap(({ kept }) => kept)),
    },
  };
}
