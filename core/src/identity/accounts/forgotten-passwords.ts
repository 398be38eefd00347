import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels, PasswordResetRequest } from '../../data/index.ts';
import { queueMail } from '../../mail/index.ts';
import { Waker } from '../../waking/index.ts';
import type { Client, IdentityDependencies } from '../types.ts';
import { auditAccount } from './account-audit.ts';
import { mailedLink, newMailedSecret } from './mailed-secret.ts';

/** How long the mailed link works. */
const LIFETIME_MS = 3_600_000;
/** When what another node has left behind is looked for. */
const LOOK_MS = 15_000;

export interface ForgottenPasswords {
  /** Writes down that a link is asked for; the same for every address. It is mailed whatever becomes of this process. */
  note(email: string, client: Client, requestId: string): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/**
 * Links for forgotten passwords. Asking is one row, whether the address has an account or not; only afterwards somebody
 * looks, so that neither the answer nor its time tells. Row, link and e-mail change hands in one transaction.
 */
export function createForgottenPasswords(deps: IdentityDependencies): ForgottenPasswords {
  const { db, now, publicOrigin, mailer, log } = deps;

  async function sendLink(models: CoreModels, asked: PasswordResetRequest): Promise<void> {
    const { email, ip, userAgent, requestId } = asked;
    const user = await models.User.findOne({ where: { email, status: 'active' } });
    if (!user) return;
    const { secret, hash } = newMailedSecret();
    await models.PasswordReset.create({
      userId: user.id,
      tokenHash: hash,
      expiresAt: new Date(now().getTime() + LIFETIME_MS),
    });
    await queueMail(models, {
      template: 'reset-password',
      to: { email: user.email, name: user.name },
      locale: user.locale,
      tenantId: null,
      values: { name: user.name, link: mailedLink(publicOrigin(), '/reset-password', secret) },
    });
    const trace: AuditTrace = { actor: { kind: 'visitor', userId: null, ip, userAgent }, requestId };
    await auditAccount(models, trace, user.id, { action: 'password.reset-asked' });
  }

  /** The oldest that no other node is at; whether there was one. */
  function answerOne(): Promise<boolean> {
    return db.asPlatform(async (models) => {
      const asked = await models.PasswordResetRequest.findOne({
        order: [['createdAt', 'asc']],
        lock: true,
        skipLocked: true,
      });
      if (!asked) return false;
      await asked.destroy();
      await sendLink(models, asked);
      return true;
    });
  }

  async function answerAll(): Promise<void> {
    let answered = 0;
    while (await answerOne()) answered += 1;
    if (answered > 0) mailer.wake();
  }

  const waker = new Waker(answerAll, (error) => log.warn({ err: error }, 'a password reset could not be mailed yet'));
  const looks = setInterval(() => waker.wake(), LOOK_MS).unref();
  return {
    async note(email, { ip, userAgent }, requestId) {
      await db.asPlatform((models) => models.PasswordResetRequest.create({ email, ip, userAgent, requestId }));
      waker.wake();
    },
    async stop() {
      clearInterval(looks);
      await waker.stop();
    },
  };
}
