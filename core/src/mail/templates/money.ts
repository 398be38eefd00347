import type { MailLocale } from '../locale.ts';

/** An amount in minor units as people write it: `12,34 €`. Knows how many digits each currency has. */
export function moneyText(amount: number, currency: string, locale: MailLocale): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A day in UTC. */
export function dayText(moment: string, locale: MailLocale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(moment));
}
