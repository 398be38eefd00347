import type { CoreModels } from '../data/index.ts';
import type { MailLocale } from './locale.ts';
import type { MailTemplateName, MailValues } from './templates/index.ts';

/** Any models in which an e-mail can be written: of a tenant or of the platform. */
export type MailModels = Pick<CoreModels, 'Mail'>;

/** An e-mail to one person. */
export interface MailRequest<Name extends MailTemplateName = MailTemplateName> {
  template: Name;
  to: { email: string; name?: string };
  /** The receiver's. */
  locale: MailLocale;
  /** Whom it concerns, and whose share of the sending it takes; `null` for the platform itself. */
  tenantId: string | null;
  /** Links in them are absolute, made with `Mailer.publicOrigin`. */
  values: MailValues[Name];
  /** At most one e-mail ever with the same key; a second request with it does nothing. */
  key?: string;
}

/** What rooms that queue e-mails need besides `queueMail`. */
export interface Mailer {
  /** Hands over soon what was queued; to be called after the commit. Without it e-mails leave within seconds. */
  wake(): void;
  /** Where browsers reach the platform, without a trailing slash, e.g. `https://bazaar.example.org`. */
  publicOrigin(): string;
}
