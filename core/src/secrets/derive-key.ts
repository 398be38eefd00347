import { hkdfSync } from 'node:crypto';

/**
 * A 256-bit key for one purpose, derived from the platform's secret: what one key protects tells nothing of another.
 * `purpose` is part of the stored format: changing it makes everything sealed or signed with it unreadable.
 */
export function deriveKey(platformSecret: string, purpose: string): Buffer {
  if (platformSecret.length < 16) throw new Error('the platform secret must have at least 16 characters');
  return Buffer.from(hkdfSync('sha256', platformSecret, 'bazaar', purpose, 32));
}
