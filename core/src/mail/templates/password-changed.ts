import { defineTemplate } from '../template.ts';
import { momentText } from './moment.ts';

/** Security notice: the password is another one now. */
export const passwordChangedTemplate = defineTemplate<
  'password-changed',
  { name: string; at: string; forgotten: string }
>({
  name: 'password-changed',
  en: ({ name, at, forgotten }) => ({
    subject: 'Your password was changed',
    body: [
      `Hello ${name}, the password of your account was changed. Everywhere else you were signed in you have to sign in again.`,
      { facts: [['When', momentText(at, 'en')]] },
      'If it was not you, choose a new password at once and look at your API keys.',
      { button: 'Choose a new password', href: forgotten },
    ],
  }),
  de: ({ name, at, forgotten }) => ({
    subject: 'Ihr Passwort wurde geändert',
    body: [
      `Guten Tag ${name}, das Passwort Ihres Kontos wurde geändert. Überall sonst, wo Sie angemeldet waren, müssen Sie sich neu anmelden.`,
      { facts: [['Zeitpunkt', momentText(at, 'de')]] },
      'Falls Sie das nicht waren, wählen Sie sofort ein neues Passwort und prüfen Sie Ihre API-Schlüssel.',
      { button: 'Neues Passwort wählen', href: forgotten },
    ],
  }),
});
