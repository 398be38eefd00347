import type { MailLocale } from '../locale.ts';

/** A moment to the minute, in UTC. */
export function momentText(moment: string, locale: MailLocale): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(moment))} UTC`;
}
