import { ApiError } from '../../errors/index.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import type { IdentityDependencies } from '../types.ts';
import { hashPassword, isOutdated, verifyPassword } from './passwords.ts';
import type { SignInAttempt } from './sign-in-limits.ts';

interface Account {
  /** `null` for somebody whose address is not confirmed: there is no account yet. */
  id: string | null;
  passwordHash: string | null;
  status: string;
  demo: boolean;
}

/** The account of an address; while there is none, its newest sign-up that waits to be confirmed. */
const ACCOUNT = `
  select id, password_hash as "passwordHash", status, demo, 1 as rank, null::timestamptz as at
    from core.users where lower(email) = $1
   union all
  (select null, password_hash, 'pending', false, 2, created_at
     from core.sign_ups where lower(email) = $1 and token_hash is not null and expires_at > $2
    order by created_at desc limit 1)
   order by rank limit 1`;

/**
 * Finds out whether a password is right; `null` when not, or when there is no such account that may sign in. Counts
 * failures. Every refusal costs as much as a wrong password: one look-up and one verification.
 */
export type PasswordProof = (attempt: SignInAttempt, password: string) => Promise<string | null>;

export function createPasswordProof(
  { db, now, config }: Pick<IdentityDependencies, 'db' | 'now' | 'config'>,
  { limits, slots }: Pick<SignInParts, 'limits' | 'slots'>,
): PasswordProof {
  return (attempt, password) =>
    // Looked at inside the slot: a burst of guesses cannot all pass the limit before the first of them is counted.
    slots.run(async () => {
      await limits.check(attempt);
      const { rows } = await db.platform.query<Account>(ACCOUNT, [attempt.email, now()]);
      const found = rows[0] ?? null;
      const matches = await verifyPassword(password, found?.passwordHash ?? null);
      const usable =
        found !== null && (found.id === null || found.status === 'active') && !(found.demo && !config.demo);
      if (!matches || !usable) {
        await limits.failed(attempt);
        return null;
      }
      await limits.succeeded(attempt);
      if (found.id === null) throw unconfirmed();
      if (found.passwordHash === null || isOutdated(found.passwordHash)) {
        const passwordHash = await hashPassword(password);
        await db.asPlatform((models) => models.User.update({ passwordHash }, { where: { id: found.id ?? '' } }));
      }
      return found.id;
    });
}

/** Said only to who knows the password. */
function unconfirmed(): ApiError {
  return new ApiError('forbidden', 'Confirm your e-mail address first: we have sent you a link.', {
    reason: 'email-unverified',
    action: { label: 'Send the link again', href: '/verify-email' },
  });
}

/** The one refusal of a sign-in, whatever was wrong. */
export function invalidCredentials(): ApiError {
  return new ApiError('invalid-credentials', 'The e-mail address or the password is not right.');
}
