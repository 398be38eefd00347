import { defineTemplate } from '../template.ts';

/** The archive of somebody's data can be downloaded. */
export const exportReadyTemplate = defineTemplate<
  'export-ready',
  { own: boolean; about: string; link: string; until: string }
>({
  name: 'export-ready',
  en: ({ own, about, link, until }) => ({
    subject: own ? 'Your data is ready' : `The data about ${about} is ready`,
    body: [
      own
        ? 'The archive with everything the platform knows about you can be downloaded now.'
        : `The archive with everything your workspace knows about ${about} can be downloaded now.`,
      { button: 'Download the archive', href: link },
      `The link works until ${until}, for everybody who has it: do not pass this message on.`,
    ],
  }),
  de: ({ own, about, link, until }) => ({
    subject: own ? 'Ihre Daten stehen bereit' : `Die Daten über ${about} stehen bereit`,
    body: [
      own
        ? 'Das Archiv mit allem, was die Plattform über Sie weiß, kann jetzt heruntergeladen werden.'
        : `Das Archiv mit allem, was Ihr Arbeitsbereich über ${about} weiß, kann jetzt heruntergeladen werden.`,
      { button: 'Archiv herunterladen', href: link },
      `Der Link gilt bis ${until}, und zwar für jeden, der ihn hat: Leiten Sie diese Nachricht nicht weiter.`,
    ],
  }),
});
