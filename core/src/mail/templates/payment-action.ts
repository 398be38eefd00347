import { defineTemplate } from '../template.ts';
import { moneyText } from './money.ts';

/** The payer's bank wants a confirmation (SCA). `confirm` leads to where it is given. */
export const paymentActionTemplate = defineTemplate<
  'payment-action',
  { plugin: string; amount: number; currency: string; confirm: string }
>({
  name: 'payment-action',
  en: ({ plugin, amount, currency, confirm }) => ({
    subject: `Confirm your payment for ${plugin}`,
    body: [
      `Your bank asks you to confirm the payment of ${moneyText(amount, currency, 'en')} for ${plugin}.`,
      { button: 'Confirm the payment', href: confirm },
    ],
  }),
  de: ({ plugin, amount, currency, confirm }) => ({
    subject: `Bestätigen Sie Ihre Zahlung für ${plugin}`,
    body: [
      `Ihre Bank bittet Sie, die Zahlung von ${moneyText(amount, currency, 'de')} für ${plugin} zu bestätigen.`,
      { button: 'Zahlung bestätigen', href: confirm },
    ],
  }),
});
