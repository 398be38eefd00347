import { createHash, randomBytes } from 'node:crypto';

/** What a mailed link carries: 256 random bits, of which only the hash is kept. */
export interface MailedSecret {
  secret: string;
  hash: Buffer;
}

export function newMailedSecret(): MailedSecret {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: mailedSecretHash(secret) };
}

export function mailedSecretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Behind the `#`, so that neither servers nor their logs, nor other sites, get to see it. */
export function mailedLink(origin: string, path: `/${string}`, secret: string): string {
  return `${origin}${path}#token=${secret}`;
}

/** The secret of a mailed link in an input. */
export const MAILED_SECRET_INPUT = { type: 'string', minLength: 1, maxLength: 200 };
