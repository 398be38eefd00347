import type { AuditTrace } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { auditAccount } from '../accounts/account-audit.ts';
import { mailAddress } from '../accounts/address-input.ts';
import { announceEnded } from '../accounts/change-password.ts';
import { sendSecurityNotice } from '../accounts/security-notice.ts';
import { revokeSessionsOf } from '../sessions/sessions.ts';
import type { IdentityDependencies } from '../types.ts';
import type { GuessLimit } from './guess-limit.ts';

/** What was taken away. */
export interface ResetFactors {
  authenticatorApp: boolean;
  passkeys: number;
  recoveryCodes: number;
  /** Ended, in all tenants. */
  sessions: number;
}

/**
 * For somebody who has lost every second factor and their recovery codes: an operator of the platform who has made sure
 * of who asks takes them away. The password opens the account again, everybody signed in to it is signed out, and its
 * owner is told by mail.
 */
export function createResetFactors(deps: IdentityDependencies, guesses: GuessLimit) {
  const { db, now } = deps;
  return async (given: string, trace: AuditTrace): Promise<ResetFactors> => {
    const email = mailAddress(given);
    const { userId, ended, ...removed } = await db.asPlatform(async (models) => {
      const user = await models.User.findOne({ where: { email }, lock: true });
      if (!user) throw new ApiError('not-found', 'There is no such account.');
      const where = { userId: user.id };
      const apps = await models.TotpAuthenticator.destroy({ where });
      const passkeys = await models.Passkey.destroy({ where });
      const recoveryCodes = await models.RecoveryCode.destroy({ where });
      if (apps + passkeys === 0) {
        throw new ApiError('conflict', 'This account has no second factor.', { reason: 'no-second-factor' });
      }
      // Sign-ins that wait for one of them.
      await models.SignInChallenge.destroy({ where });
      const sessions = await revokeSessionsOf(models, where, { reason: 'second-factor-reset', trace, now: now() });
      const detail = { authenticatorApp: apps > 0, passkeys, recoveryCodes };
      await auditAccount(models, trace, user.id, { action: 'second-factor.reset', detail });
      await sendSecurityNotice(deps, models, user.id, { event: 'second-factor-reset' }, trace);
      return { ...detail, userId: user.id, ended: sessions };
    });
    await guesses.forget(userId);
    await announceEnded(deps, { ended });
    return { ...removed, sessions: ended.length };
  };
}
