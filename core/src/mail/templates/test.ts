import { defineTemplate } from '../template.ts';

/** An operator tries whether e-mails arrive. */
export const testTemplate = defineTemplate<'test', { platform: string; sentBy: string }>({
  name: 'test',
  en: ({ platform, sentBy }) => ({
    subject: 'Bazaar can send mail',
    body: [
      'This message arrived, so the platform can send mail.',
      {
        facts: [
          ['Platform', platform],
          ['Sent by', sentBy],
        ],
      },
      { button: 'Open the platform', href: platform },
      { note: 'Somebody asked for this test in the delivery log. There is nothing to do.' },
    ],
  }),
  de: ({ platform, sentBy }) => ({
    subject: 'Bazaar kann E-Mails senden',
    body: [
      'Diese Nachricht ist angekommen: Die Plattform kann E-Mails senden.',
      {
        facts: [
          ['Plattform', platform],
          ['Gesendet von', sentBy],
        ],
      },
      { button: 'Plattform öffnen', href: platform },
      { note: 'Jemand hat diesen Test im Versandprotokoll angefordert. Es ist nichts zu tun.' },
    ],
  }),
});
