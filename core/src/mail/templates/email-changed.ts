import { defineTemplate } from '../template.ts';
import { momentText } from './moment.ts';

/** Security notice to the old address: the account has another one now. */
export const emailChangedTemplate = defineTemplate<'email-changed', { name: string; newEmail: string; at: string }>({
  name: 'email-changed',
  en: ({ name, newEmail, at }) => ({
    subject: 'Your e-mail address was changed',
    body: [
      `Hello ${name}, from now on you sign in with another address.`,
      {
        facts: [
          ['New address', newEmail],
          ['When', momentText(at, 'en')],
        ],
      },
      { note: 'If it was not you, tell the administrator of your workspace at once.' },
    ],
  }),
  de: ({ name, newEmail, at }) => ({
    subject: 'Ihre E-Mail-Adresse wurde geändert',
    body: [
      `Guten Tag ${name}, ab jetzt melden Sie sich mit einer anderen Adresse an.`,
      {
        facts: [
          ['Neue Adresse', newEmail],
          ['Zeitpunkt', momentText(at, 'de')],
        ],
      },
      { note: 'Falls Sie das nicht waren, sagen Sie es sofort der Verwaltung Ihres Arbeitsbereichs.' },
    ],
  }),
});
