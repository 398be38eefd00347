import { defineTemplate } from '../template.ts';

/** The last e-mail to somebody whose account is deleted. */
export const accountDeletedTemplate = defineTemplate<'account-deleted', { platform: string }>({
  name: 'account-deleted',
  en: ({ platform }) => ({
    subject: 'Your account has been deleted',
    body: [
      `Your account at ${platform} and what belongs to it are being deleted now. You cannot sign in any more.`,
      'Entries that the law demands to keep, such as the audit log, no longer lead to you.',
      { note: 'This is the last message to this address. It is forgotten within seven days.' },
    ],
  }),
  de: ({ platform }) => ({
    subject: 'Ihr Konto wurde gelöscht',
    body: [
      `Ihr Konto bei ${platform} und alles, was dazugehört, wird jetzt gelöscht. Sie können sich nicht mehr anmelden.`,
      'Einträge, die das Gesetz aufzubewahren verlangt, etwa das Audit-Protokoll, führen nicht mehr zu Ihnen.',
      { note: 'Dies ist die letzte Nachricht an diese Adresse. Sie wird innerhalb von sieben Tagen vergessen.' },
    ],
  }),
});
