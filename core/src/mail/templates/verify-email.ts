import { defineTemplate } from '../template.ts';

/** Somebody signed up with this address. */
export const verifyEmailTemplate = defineTemplate<
  'verify-email',
  { name: string; workspace: string; link: string; hours: number }
>({
  name: 'verify-email',
  en: ({ name, workspace, link, hours }) => ({
    subject: 'Confirm your e-mail address',
    heading: `Welcome, ${name}`,
    body: [
      `Confirm this address with the password you have chosen, and ${workspace} is ready.`,
      { button: 'Confirm the address', href: link },
      { note: `The link is good for ${hours} hours. If you did not sign up, there is nothing to do.` },
    ],
  }),
  de: ({ name, workspace, link, hours }) => ({
    subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
    heading: `Willkommen, ${name}`,
    body: [
      `Bestätigen Sie diese Adresse mit dem gewählten Passwort, dann ist ${workspace} bereit.`,
      { button: 'Adresse bestätigen', href: link },
      { note: `Der Link gilt ${hours} Stunden. Falls Sie sich nicht angemeldet haben, ist nichts zu tun.` },
    ],
  }),
});
