import { defineTemplate } from '../template.ts';

/** Somebody has asked for their account to be deleted, and may change their mind. */
export const accountDeletionPlannedTemplate = defineTemplate<'account-deletion-planned', { on: string; link: string }>({
  name: 'account-deletion-planned',
  en: ({ on, link }) => ({
    subject: 'Your account will be deleted',
    body: [
      `You asked for your account to be deleted. That happens on ${on}; until then you can change your mind.`,
      { button: 'Keep my account', href: link },
      'If it was not you, change your password at once.',
    ],
  }),
  de: ({ on, link }) => ({
    subject: 'Ihr Konto wird gelöscht',
    body: [
      `Sie haben die Löschung Ihres Kontos verlangt. Sie geschieht am ${on}; bis dahin können Sie es sich anders überlegen.`,
      { button: 'Konto behalten', href: link },
      'Falls Sie das nicht waren, ändern Sie sofort Ihr Passwort.',
    ],
  }),
});
