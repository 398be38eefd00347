import { createHmac, randomInt } from 'node:crypto';

/** How many are handed out at once. */
export const RECOVERY_CODES = 10;
const LENGTH = 10;
/** Crockford's base 32: nothing in it is read as something else. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CODE = /^[0-9a-hjkmnp-tv-z]{10}$/;

/** Ten codes of 50 random bits, as people copy them: `xxxxx-xxxxx`. */
export function newRecoveryCodes(): string[] {
  const code = (): string => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const codes = new Set<string>();
  while (codes.size < RECOVERY_CODES) codes.add(code());
  return [...codes].map((one) => `${one.slice(0, 5)}-${one.slice(5)}`);
}

/** What was typed as it was handed out, with what is easily mistaken put right; `null` for what is no code. */
export function readRecoveryCode(text: string): string | null {
  const code = text.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return CODE.test(code) ? code : null;
}

/** What is stored: keyed, as 50 bits can be tried through, and of no use for another person. */
export function recoveryCodeHash(key: Uint8Array, userId: string, code: string): Buffer {
  return createHmac('sha256', key).update(`${userId}\n${code}`).digest();
}
