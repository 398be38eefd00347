import { ApiError } from '../../errors/index.ts';
import { commonPasswords } from './common-passwords.ts';

/** A new password in an input. What else it must be is said by `checkNewPassword`. */
export const NEW_PASSWORD_INPUT = { type: 'string', minLength: 10, maxLength: 1024 };

const SHORTEST = 10;

/** What people put around a word to please such rules. */
const TRIMMINGS = /^[^a-z]+|[^a-z]+$/g;

/** Whose password it is going to be: what others know of them is no secret. */
export interface PasswordOwner {
  email: string;
  name?: string;
}

/**
 * What is wrong with a password, in words for the person; `null` when nothing is. Length counts, not kinds of
 * characters: that makes people write `Password1!`.
 */
export function passwordFault(password: string, owner: PasswordOwner, common: ReadonlySet<string>): string | null {
  if ([...password].length < SHORTEST) return `Use at least ${SHORTEST} characters.`;
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 4) return 'Use more than a few different characters.';
  const email = owner.email.toLowerCase();
  const [local = ''] = email.split('@');
  const core = plain.replaceAll(TRIMMINGS, '');
  const own = [email, local, (owner.name ?? '').toLowerCase(), (owner.name ?? '').toLowerCase().replaceAll(/\s+/g, '')];
  if (own.some((word) => word.length > 2 && (plain === word || core === word.replaceAll(TRIMMINGS, '')))) {
    return 'Do not use your name or e-mail address.';
  }
  if (common.has(plain) || (core !== '' && common.has(core))) {
    return 'This password is one of the first that are tried. Choose another.';
  }
  return null;
}

/** Rejects with `invalid-input` at `pointer`. */
export async function checkNewPassword(password: string, owner: PasswordOwner, pointer = '/password'): Promise<void> {
  const message = passwordFault(password, owner, await commonPasswords());
  if (message === null) return;
  throw new ApiError('invalid-input', message, { reason: 'weak-password', errors: [{ pointer, message }] });
}
