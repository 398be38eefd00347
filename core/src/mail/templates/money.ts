import { formatMoney } from '@bazaar/sdk/money';
import type { MailLocale } from '../locale.ts';

/** An amount in minor units as people write it: `12,34 €`. */
export function moneyText(amount: number, currency: string, locale: MailLocale): string {
  return formatMoney(amount, currency, { locale });
}
