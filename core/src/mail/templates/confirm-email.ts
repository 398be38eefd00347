import { defineTemplate } from '../template.ts';

/** An account moves to another address: the old and the new one are each asked. */
export const confirmEmailTemplate = defineTemplate<
  'confirm-email',
  { name: string; oldEmail: string; newEmail: string; link: string; hours: number }
>({
  name: 'confirm-email',
  en: ({ name, oldEmail, newEmail, link, hours }) => ({
    subject: 'Confirm the new e-mail address',
    body: [
      `Hello ${name}, your account is to have another address. It changes when both addresses have agreed.`,
      {
        facts: [
          ['So far', oldEmail],
          ['From now on', newEmail],
        ],
      },
      { button: 'Agree', href: link },
      { note: `The link is good for ${hours} hours. If it was not you, do not agree, and change your password.` },
    ],
  }),
  de: ({ name, oldEmail, newEmail, link, hours }) => ({
    subject: 'Bestätigen Sie die neue E-Mail-Adresse',
    body: [
      `Guten Tag ${name}, Ihr Konto soll eine andere Adresse bekommen. Sie ändert sich, wenn beide Adressen zugestimmt haben.`,
      {
        facts: [
          ['Bisher', oldEmail],
          ['Künftig', newEmail],
        ],
      },
      { button: 'Zustimmen', href: link },
      {
        note: `Der Link gilt ${hours} Stunden. Falls Sie das nicht waren, stimmen Sie nicht zu und ändern Sie Ihr Passwort.`,
      },
    ],
  }),
});
