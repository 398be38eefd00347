import type { AuditTrace } from '../../audit/index.ts';
import type { EmailChange } from '../../data/index.ts';
import { ApiError } from '../../errors/index.ts';
import { queueMail } from '../../mail/index.ts';
import type { Principal } from '../../routes/index.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { auditAccount } from './account-audit.ts';
import { mailAddress } from './address-input.ts';
import type { VisitorLimits } from './limits.ts';
import { mailedLink, mailedSecretHash, newMailedSecret } from './mailed-secret.ts';

const HOURS = 24;

function badLink(): ApiError {
  const message = 'This link does not work any more.';
  return new ApiError('invalid-input', message, { reason: 'link-ended', errors: [{ pointer: '/token', message }] });
}

/**
 * Moves an account to another address once both the old and the new one have agreed. To an address that has an account
 * already nothing is asked but its owner told; the person who asked cannot tell the difference.
 */
export function createEmailChange(deps: IdentityDependencies, limits: VisitorLimits) {
  const { db, changes, now, publicOrigin, mailer } = deps;

  async function ask({ user }: Principal, given: string, trace: AuditTrace): Promise<void> {
    const newEmail = mailAddress(given);
    if (newEmail === user.email) {
      const message = 'This is your address already.';
      throw new ApiError('invalid-input', message, { errors: [{ pointer: '/email', message }] });
    }
    await limits.mailTo(newEmail, trace.actor.ip ?? '');
    const old = newMailedSecret();
    const fresh = newMailedSecret();
    await db.asPlatform(async (models) => {
      const owner = await models.User.findOne({ where: { id: user.id }, lock: true });
      if (!owner) throw new ApiError('not-found', 'There is no such account.');
      const { name, locale, email: oldEmail } = owner;
      await models.EmailChange.update({ endedAt: now() }, { where: { userId: user.id, endedAt: null } });
      await models.EmailChange.create({
        userId: user.id,
        newEmail,
        oldTokenHash: old.hash,
        newTokenHash: fresh.hash,
        expiresAt: new Date(now().getTime() + HOURS * 3_600_000),
      });
      const origin = publicOrigin();
      const letter = (email: string, secret: string) =>
        queueMail(models, {
          template: 'confirm-email',
          to: { email, name },
          locale,
          tenantId: null,
          values: { name, oldEmail, newEmail, link: mailedLink(origin, '/confirm-email', secret), hours: HOURS },
        });
      await letter(oldEmail, old.secret);
      if (await models.User.findOne({ where: { email: newEmail }, attributes: ['id'] })) {
        const values = { signIn: `${origin}/sign-in`, forgotten: `${origin}/forgot-password` };
        await queueMail(models, {
          template: 'account-exists',
          to: { email: newEmail },
          locale,
          tenantId: null,
          values,
        });
      } else await letter(newEmail, fresh.secret);
      await auditAccount(models, trace, user.id, { action: 'email.change-asked' });
    });
    mailer.wake();
  }

  /** One side agrees; `changed` when the other has, too. */
  async function confirm(token: string, client: Client, requestId: string): Promise<'waiting' | 'changed'> {
    await limits.link(client.ip);
    const hash = mailedSecretHash(token);
    const outcome = await db.asPlatform(async (models) => {
      const found: EmailChange | null =
        (await models.EmailChange.findOne({ where: { oldTokenHash: hash }, lock: true })) ??
        (await models.EmailChange.findOne({ where: { newTokenHash: hash }, lock: true }));
      if (found === null || found.endedAt !== null || found.expiresAt <= now()) throw badLink();
      await found.update(found.oldTokenHash.equals(hash) ? { oldConfirmedAt: now() } : { newConfirmedAt: now() });
      if (found.oldConfirmedAt === null || found.newConfirmedAt === null) return null;
      const user = await models.User.findOne({ where: { id: found.userId }, lock: true });
      if (!user) throw badLink();
      if (await models.User.findOne({ where: { email: found.newEmail } })) {
        throw new ApiError('conflict', 'This address belongs to another account by now.', { reason: 'address-taken' });
      }
      const { email: oldEmail, name, locale } = user;
      await user.update({ email: found.newEmail, emailVerifiedAt: now() });
      await found.update({ endedAt: now() });
      const trace: AuditTrace = { actor: { kind: 'user', userId: user.id, ...client }, requestId };
      await auditAccount(models, trace, user.id, { action: 'email.changed' });
      const values = { name, newEmail: found.newEmail, at: now().toISOString() };
      await queueMail(models, {
        template: 'email-changed',
        to: { email: oldEmail, name },
        locale,
        tenantId: null,
        values,
      });
      return user.id;
    });
    if (outcome === null) return 'waiting';
    mailer.wake();
    await changes.announce('membership', { userId: outcome });
    return 'changed';
  }

  return { ask, confirm };
}

export type EmailChanges = ReturnType<typeof createEmailChange>;
