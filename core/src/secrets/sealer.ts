import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Authenticated encryption (AES-256-GCM) of short texts that are stored in the database. */
export interface Sealer {
  /** `place` names where the sealed text is stored: moved elsewhere, it does not open. */
  seal(place: string, text: string): Buffer;
  /** `null` when it was sealed with another key, for another place, or was altered. */
  open(place: string, sealed: Buffer): string | null;
}

export function createSealer(key: Buffer): Sealer {
  return {
    seal(place, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(place));
      const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), content]);
    },
    open(place, sealed) {
      const start = 1 + NONCE_BYTES + TAG_BYTES;
      if (sealed[0] !== FORMAT || sealed.length < start) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, start));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(start)), decipher.final()]).toString('utf8');
      } catch {
        // The only way node:crypto says that the tag does not match.
        return null;
      }
    },
  };
}
