import type { AuditTrace } from '../../audit/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import type { SignInParts } from '../issue-tokens.ts';
import { hashPassword } from '../passwords.ts';
import type { SignInLimits } from '../sign-in-limits.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { mailAddress } from './address-input.ts';
import { announceEnded, type ChangedPassword, storePassword } from './change-password.ts';
import type { VisitorLimits } from './limits.ts';
import { mailedLink, mailedSecretHash, newMailedSecret } from './mailed-secret.ts';
import { checkNewPassword } from './password-rules.ts';

const LIFETIME_MS = 3_600_000;

interface ResetParts extends Pick<SignInParts, 'slots'> {
  limits: VisitorLimits;
  signInLimits: SignInLimits;
  /** Does work after the answer has been given. */
  later(work: () => Promise<void>): void;
}

function badLink(): ApiError {
  const message = 'This link does not work any more. Ask for another one.';
  return new ApiError('invalid-input', message, { reason: 'link-ended', errors: [{ pointer: '/token', message }] });
}

/** A new password for who has forgotten theirs: by a link that is mailed, good once and for an hour. */
export function createPasswordReset(deps: IdentityDependencies, parts: ResetParts) {
  const { db, now, publicOrigin, mailer } = deps;

  async function sendLink(email: string, trace: AuditTrace): Promise<void> {
    const { secret, hash } = newMailedSecret();
    await db.asPlatform(async (models) => {
      const user = await models.User.findOne({ where: { email, status: 'active' } });
      if (!user) return;
      await models.PasswordReset.create({
        userId: user.id,
        tokenHash: hash,
        expiresAt: new Date(now().getTime() + LIFETIME_MS),
      });
      const values = { name: user.name, link: mailedLink(publicOrigin(), '/reset-password', secret) };
      const to = { email: user.email, name: user.name };
      await queueMail(models, { template: 'reset-password', to, locale: user.locale, tenantId: null, values });
      deps.log.info({ requestId: trace.requestId, userId: user.id }, 'password reset asked for');
    });
    mailer.wake();
  }

  /** Answers before it has looked: neither answer nor time tell of an account. */
  async function ask(given: string, client: Client, requestId: string): Promise<void> {
    const email = mailAddress(given);
    await parts.limits.mailTo(email, client.ip);
    const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ...client }, requestId };
    parts.later(() => sendLink(email, trace));
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
