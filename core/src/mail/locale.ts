/** A language the platform writes e-mails in. */
export type MailLocale = 'en' | 'de';
