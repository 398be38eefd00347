import { defineTemplate } from '../template.ts';
import { dayText } from './moment.ts';
import { moneyText } from './money.ts';

/** Something was paid. Amounts in minor units; `number` is the invoice's. */
export const receiptTemplate = defineTemplate<
  'receipt',
  { plugin: string; amount: number; currency: string; number: string; paidAt: string; invoice: string; test: boolean }
>({
  name: 'receipt',
  en: ({ plugin, amount, currency, number, paidAt, invoice, test }) => ({
    subject: `Receipt for ${plugin}: ${moneyText(amount, currency, 'en')}`,
    heading: 'Thank you for your payment',
    body: [
      `We received ${moneyText(amount, currency, 'en')} for ${plugin}.`,
      {
        facts: [
          ['Invoice', number],
          ['Paid on', dayText(paidAt, 'en')],
          ['Amount', moneyText(amount, currency, 'en')],
        ],
      },
      { button: 'Show the invoice', href: invoice },
      ...(test ? [{ note: 'This was a test payment: no money moved.' }] : []),
    ],
  }),
  de: ({ plugin, amount, currency, number, paidAt, invoice, test }) => ({
    subject: `Beleg für ${plugin}: ${moneyText(amount, currency, 'de')}`,
    heading: 'Danke für Ihre Zahlung',
    body: [
      `Wir haben ${moneyText(amount, currency, 'de')} für ${plugin} erhalten.`,
      {
        facts: [
          ['Rechnung', number],
          ['Bezahlt am', dayText(paidAt, 'de')],
          ['Betrag', moneyText(amount, currency, 'de')],
        ],
      },
      { button: 'Rechnung ansehen', href: invoice },
      ...(test ? [{ note: 'Dies war eine Testzahlung: Es ist kein Geld geflossen.' }] : []),
    ],
  }),
});
