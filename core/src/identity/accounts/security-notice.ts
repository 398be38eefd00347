import type { AuditTrace } from '../../audit/index.ts';
import type { CoreModels } from '../../data/index.ts';
import { type MailValues, queueMail } from '../../mail/index.ts';
import type { IdentityDependencies } from '../types.ts';

export interface SecurityNotice {
  event: MailValues['security-notice']['event'];
  /** Name of the passkey, number of codes left, workspace or browser. */
  about?: string;
  /** At most one e-mail ever with the same key. */
  key?: string;
}

/** Tells somebody by mail what has changed about the ways into their account, in the transaction that changes it. */
export async function sendSecurityNotice(
  { now, publicOrigin }: Pick<IdentityDependencies, 'now' | 'publicOrigin'>,
  models: Pick<CoreModels, 'User' | 'Mail'>,
  userId: string,
  { event, about = '', key }: SecurityNotice,
  { actor }: AuditTrace,
): Promise<void> {
  const user = await models.User.findOne({ where: { id: userId }, attributes: ['email', 'name', 'locale'] });
  if (!user) return;
  const { email, name, locale } = user;
  const origin = publicOrigin();
  await queueMail(models, {
    template: 'security-notice',
    to: { email, name },
    locale,
    tenantId: null,
    ...(key === undefined ? {} : { key }),
    values: {
      event,
      name,
      at: now().toISOString(),
      about,
      // Of who did it: not of an operator, who is told apart by the event.
      ip: actor.userId === userId ? (actor.ip ?? '') : '',
      security: `${origin}/account/security`,
      forgotten: `${origin}/forgot-password`,
    },
  });
}
