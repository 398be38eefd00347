import { defineTemplate } from '../template.ts';
import { dayText } from './moment.ts';

/** The stage of a licence that is no longer paid for, or about not to be. */
export type LicenceStage = 'trial-ending' | 'grace' | 'unpaid' | 'read-only' | 'suspended';

interface Values {
  stage: LicenceStage;
  plugin: string;
  workspace: string;
  /** When the next stage begins (of a trial that ends soon: its end), ISO 8601. */
  next: string;
  link: string;
}

const EN: Record<LicenceStage, (values: Values) => { subject: string; text: string }> = {
  'trial-ending': ({ plugin, next }) => ({
    subject: `The trial of ${plugin} ends soon`,
    text: `It ends on ${dayText(next, 'en')}. Choose a plan to go on without a break.`,
  }),
  grace: ({ plugin, next }) => ({
    subject: `The licence for ${plugin} has ended`,
    text: `Everything goes on until ${dayText(next, 'en')}. From then on it can only be read.`,
  }),
  unpaid: ({ plugin, next }) => ({
    subject: `${plugin} has not been paid`,
    text: `Everything goes on until ${dayText(next, 'en')}. From then on it can only be read.`,
  }),
  'read-only': ({ plugin, next }) => ({
    subject: `${plugin} can only be read now`,
    text: `Nobody can change anything in it. On ${dayText(next, 'en')} it is suspended. Nothing is lost.`,
  }),
  suspended: ({ plugin, next }) => ({
    subject: `${plugin} is suspended`,
    text: `Nobody can use it. What other plugins tell it is kept until ${dayText(next, 'en')} and handled when you renew.`,
  }),
};

const DE: typeof EN = {
  'trial-ending': ({ plugin, next }) => ({
    subject: `Die Testphase von ${plugin} endet bald`,
    text: `Sie endet am ${dayText(next, 'de')}. Wählen Sie einen Tarif, um ohne Unterbrechung weiterzuarbeiten.`,
  }),
  grace: ({ plugin, next }) => ({
    subject: `Die Lizenz für ${plugin} ist abgelaufen`,
    text: `Bis zum ${dayText(next, 'de')} geht alles weiter. Danach kann nur noch gelesen werden.`,
  }),
  unpaid: ({ plugin, next }) => ({
    subject: `${plugin} ist nicht bezahlt`,
    text: `Bis zum ${dayText(next, 'de')} geht alles weiter. Danach kann nur noch gelesen werden.`,
  }),
  'read-only': ({ plugin, next }) => ({
    subject: `${plugin} kann nur noch gelesen werden`,
    text: `Niemand kann darin etwas ändern. Am ${dayText(next, 'de')} wird es stillgelegt. Nichts geht verloren.`,
  }),
  suspended: ({ plugin, next }) => ({
    subject: `${plugin} ist stillgelegt`,
    text: `Niemand kann es benutzen. Was andere Plugins ihm mitteilen, wird bis zum ${dayText(next, 'de')} aufgehoben und nachgeholt, sobald Sie verlängern.`,
  }),
};

/** To those who may do something about it: once for each stage. */
export const licenceNoticeTemplate = defineTemplate<'licence-notice', Values>({
  name: 'licence-notice',
  en: (values) => {
    const { subject, text } = EN[values.stage](values);
    const body = [`Workspace ${values.workspace}`, text, { button: 'Show the licence', href: values.link }];
    return { subject, body };
  },
  de: (values) => {
    const { subject, text } = DE[values.stage](values);
    const body = [`Arbeitsbereich ${values.workspace}`, text, { button: 'Lizenz anzeigen', href: values.link }];
    return { subject, body };
  },
});
