import type { CoreModels } from '../../data/index.ts';
import type { MailLocale } from '../../mail/index.ts';

export interface Receiver {
  email: string;
  name: string;
  locale: MailLocale;
}

/** A person as somebody an e-mail goes to; nobody when the account is gone. */
export async function receiverOf(
  models: Pick<CoreModels, 'User'>,
  userId: string | null,
): Promise<Receiver | undefined> {
  const user = userId === null ? null : await models.User.findByPk(userId);
  return user?.status === 'active' ? { email: user.email, name: user.name, locale: user.locale } : undefined;
}

/** A day for an e-mail. */
export function dayOf(date: Date, locale: MailLocale): string {
  return new Intl.DateTimeFormat(locale === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    date,
  );
}
