import { defineTemplate } from '../template.ts';

/** A person has been forgotten, as an administrator asked. */
export const erasureDoneTemplate = defineTemplate<'erasure-done', { link: string }>({
  name: 'erasure-done',
  en: ({ link }) => ({
    subject: 'The erasure is complete',
    body: [
      'The person you asked to be forgotten has been erased from your workspace and all of its plugins.',
      'The certificate says what was erased, and what is kept and why.',
      { button: 'Open the certificate', href: link },
    ],
  }),
  de: ({ link }) => ({
    subject: 'Die Löschung ist abgeschlossen',
    body: [
      'Die Person, deren Löschung Sie veranlasst haben, wurde aus Ihrem Arbeitsbereich und allen seinen Plugins gelöscht.',
      'Das Zertifikat sagt, was gelöscht wurde und was aus welchem Grund aufbewahrt wird.',
      { button: 'Zertifikat öffnen', href: link },
    ],
  }),
});
