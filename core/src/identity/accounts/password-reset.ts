import type { AuditTrace } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { SignInParts } from '../sessions/issue-tokens.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { SignInLimits } from '../sign-in/sign-in-limits.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { mailAddress } from './address-input.ts';
import { announceEnded, type ChangedPassword, storePassword } from './change-password.ts';
import type { ForgottenPasswords } from './forgotten-passwords.ts';
import type { VisitorLimits } from './limits.ts';
import { mailedSecretHash } from './mailed-secret.ts';
import { checkNewPassword } from './password-rules.ts';

interface ResetParts extends Pick<SignInParts, 'slots'> {
  limits: VisitorLimits;
  signInLimits: SignInLimits;
  forgotten: ForgottenPasswords;
}

function badLink(): ApiError {
  const message = 'This link does not work any more. Ask for another one.';
  return new ApiError('invalid-input', message, { reason: 'link-ended', errors: [{ pointer: '/token', message }] });
}

/** A new password for who has forgotten theirs: by a link that is mailed, good once and for an hour. */
export function createPasswordReset(deps: IdentityDependencies, parts: ResetParts) {
  const { db, now } = deps;

  /** Answers before anybody has looked: neither answer nor time tell of an account. */
  async function ask(given: string, client: Client, requestId: string): Promise<void> {
    const email = mailAddress(given);
    await parts.limits.mailTo(email, client.ip);
    await parts.forgotten.note(email, client, requestId);
  }

  async function choose(
    { token, password }: { token: string; password: string },
    client: Client,
    requestId: string,
  ): Promise<void> {
    await parts.limits.link(client.ip);
    const tokenHash = mailedSecretHash(token);
    const usable = ({ usedAt, expiresAt }: { usedAt: Date | null; expiresAt: Date }) =>
      usedAt === null && expiresAt > now();
    const owner = await db.asPlatform(async (models) => {
      const reset = await models.PasswordReset.findOne({ where: { tokenHash } });
      return reset && usable(reset) ? models.User.findOne({ where: { id: reset.userId, status: 'active' } }) : null;
    });
    if (!owner) throw badLink();
    await checkNewPassword(password, owner);
    const passwordHash = await parts.slots.run(() => hashPassword(password));
    const changed = await db.asPlatform(async (models): Promise<ChangedPassword> => {
      const reset = await models.PasswordReset.findOne({ where: { tokenHash }, lock: true });
      if (!reset || !usable(reset)) throw badLink();
      // Whoever asked for others before gets nothing by them any more.
      await models.PasswordReset.update({ usedAt: now() }, { where: { userId: owner.id, usedAt: null } });
      const trace: AuditTrace = { actor: { kind: 'user', userId: owner.id, ...client }, requestId };
      return storePassword(deps, models, { userId: owner.id, passwordHash, how: 'reset' }, trace);
    });
    await parts.signInLimits.unlock(owner.email);
    await announceEnded(deps, changed);
  }

  return { ask, choose };
}

export type PasswordResets = ReturnType<typeof createPasswordReset>;
