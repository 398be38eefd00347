import type { MailLocale } from '../locale.ts';

/** What the layout itself says. */
export const WORDS: Record<MailLocale, { orCopy: string; automatic: string }> = {
  en: {
    orCopy: 'If the button does not work, copy this address into your browser:',
    automatic: 'This message was sent automatically by Bazaar. Replies are not read.',
  },
  de: {
    orCopy: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    automatic: 'Diese Nachricht wurde automatisch von Bazaar gesendet. Antworten werden nicht gelesen.',
  },
};
