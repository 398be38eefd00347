import { defineTemplate } from '../template.ts';
import { dayText } from './moment.ts';
import { moneyText } from './money.ts';

/** A payment was declined. `pay` leads to where it can be made; `nextAttempt` is `null` when there is none. */
export const paymentFailedTemplate = defineTemplate<
  'payment-failed',
  { plugin: string; amount: number; currency: string; nextAttempt: string | null; pay: string }
>({
  name: 'payment-failed',
  en: ({ plugin, amount, currency, nextAttempt, pay }) => ({
    subject: `Payment for ${plugin} failed`,
    body: [
      `We could not collect ${moneyText(amount, currency, 'en')} for ${plugin}.`,
      nextAttempt === null
        ? 'We will not try again. Pay now, so that your licence goes on.'
        : `We will try again on ${dayText(nextAttempt, 'en')}. You can also pay now, with another card.`,
      { button: 'Pay now', href: pay },
      {
        note: 'Without a payment the plugin becomes read-only after a few days, and is suspended later. Nothing is lost.',
      },
    ],
  }),
  de: ({ plugin, amount, currency, nextAttempt, pay }) => ({
    subject: `Zahlung für ${plugin} fehlgeschlagen`,
    body: [
      `Wir konnten ${moneyText(amount, currency, 'de')} für ${plugin} nicht einziehen.`,
      nextAttempt === null
        ? 'Wir versuchen es nicht noch einmal. Bezahlen Sie jetzt, damit Ihre Lizenz weiterläuft.'
        : `Wir versuchen es am ${dayText(nextAttempt, 'de')} noch einmal. Sie können auch jetzt bezahlen, mit einer anderen Karte.`,
      { button: 'Jetzt bezahlen', href: pay },
      {
        note: 'Ohne Zahlung kann das Plugin nach einigen Tagen nur noch gelesen werden und ruht später. Nichts geht verloren.',
      },
    ],
  }),
});
