import { defineTemplate } from '../template.ts';

/** Somebody has forgotten the password of this account. */
export const resetPasswordTemplate = defineTemplate<'reset-password', { name: string; link: string }>({
  name: 'reset-password',
  en: ({ name, link }) => ({
    subject: 'Choose a new password',
    body: [
      `Hello ${name}, somebody asked for a new password of your account.`,
      { button: 'Choose a password', href: link },
      {
        note: 'The link works once and for an hour. If it was not you, there is nothing to do: your password still holds.',
      },
    ],
  }),
  de: ({ name, link }) => ({
    subject: 'Wählen Sie ein neues Passwort',
    body: [
      `Guten Tag ${name}, jemand hat ein neues Passwort für Ihr Konto angefordert.`,
      { button: 'Passwort wählen', href: link },
      {
        note: 'Der Link gilt einmal und eine Stunde lang. Falls Sie das nicht waren, ist nichts zu tun: Ihr Passwort gilt weiter.',
      },
    ],
  }),
});
