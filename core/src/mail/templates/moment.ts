import type { MailLocale } from '../locale.ts';

/** How dates are written; in English as on the pages: `24 February 2027`. */
const DATES: Readonly<Record<MailLocale, string>> = { en: 'en-GB', de: 'de' };

/** A moment to the minute, in UTC. */
export function momentText(moment: string, locale: MailLocale): string {
  const format = new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(moment))} UTC`;
}

/** A day in UTC. */
export function dayText(moment: string, locale: MailLocale): string {
  return new Intl.DateTimeFormat(DATES[locale], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment));
}
