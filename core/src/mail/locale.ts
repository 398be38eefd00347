/** A language the platform writes letters in. */
export type MailLocale = 'en' | 'de';
