import type { Sealer } from '../../secrets/index.ts';
import type { Person } from '../types.ts';

const PLACE = 'privacy-subject';

/** A person's address is kept sealed while a request about them is worked on. */
export function sealSubject(sealer: Sealer, { email, userId }: Person): Buffer {
  return sealer.seal(PLACE, JSON.stringify({ email, userId }));
}

/** `null` when it has been forgotten, or was sealed with another key. */
export function openSubject(sealer: Sealer, sealed: Buffer | null): Person | null {
  const text = sealed && sealer.open(PLACE, sealed);
  return text === null ? null : (JSON.parse(text) as Person);
}
