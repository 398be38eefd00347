import { defineTemplate } from '../template.ts';
import { momentText } from './moment.ts';

/** What has happened to the ways in which somebody can sign in. */
export type SecurityEvent =
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'second-factor-reset'
  | 'passkey-added'
  | 'passkey-removed'
  | 'recovery-code-used'
  | 'recovery-codes-renewed'
  | 'sign-on-connected'
  | 'sign-on-disconnected'
  | 'new-browser';

interface Values {
  event: SecurityEvent;
  name: string;
  /** ISO 8601. */
  at: string;
  /** Name of the passkey, number of codes left, workspace or browser; empty where there is nothing to name. */
  about: string;
  /** The network address it was done from; empty when it is not known. */
  ip: string;
  /** Where the person sees how they prove who they are. */
  security: string;
  /** Where a new password is asked for. */
  forgotten: string;
}

interface Said {
  subject: string;
  text: string;
  /** What `about` is. */
  about?: string;
}

const EN: Record<SecurityEvent, Said> = {
  'second-factor-added': {
    subject: 'An authenticator app was set up',
    text: 'From now on the code of an authenticator app is asked for when you sign in by password.',
  },
  'second-factor-removed': {
    subject: 'Your authenticator app was removed',
    text: 'Its codes are not asked for any more when you sign in.',
  },
  'second-factor-reset': {
    subject: 'Your second factors were reset',
    text: 'The operator of the platform has removed your authenticator app, passkeys and recovery codes. You have to sign in again everywhere; set up a second factor anew.',
  },
  'passkey-added': {
    subject: 'A passkey was added',
    text: 'It signs in to your account without a password.',
    about: 'Passkey',
  },
  'passkey-removed': { subject: 'A passkey was removed', text: 'It opens your account no longer.', about: 'Passkey' },
  'recovery-code-used': {
    subject: 'A recovery code was used',
    text: 'Somebody signed in to your account with one of its recovery codes. Each works once.',
    about: 'Codes left',
  },
  'recovery-codes-renewed': {
    subject: 'New recovery codes were made',
    text: 'The codes you have kept so far do not work any more.',
  },
  'sign-on-connected': {
    subject: 'Your account was connected to single sign-on',
    text: 'From now on the identity provider of this workspace can sign you in to it.',
    about: 'Workspace',
  },
  'sign-on-disconnected': {
    subject: 'Your account was disconnected from single sign-on',
    text: 'The identity provider of this workspace does not sign you in any more.',
    about: 'Workspace',
  },
  'new-browser': {
    subject: 'A new sign-in to your account',
    text: 'Somebody signed in from a browser that has not been used for your account before, or has forgotten it.',
    about: 'Browser',
  },
};

const DE: typeof EN = {
  'second-factor-added': {
    subject: 'Eine Authentifizierungs-App wurde eingerichtet',
    text: 'Wenn Sie sich mit dem Passwort anmelden, wird ab jetzt auch nach dem Code einer Authentifizierungs-App gefragt.',
  },
  'second-factor-removed': {
    subject: 'Ihre Authentifizierungs-App wurde entfernt',
    text: 'Bei der Anmeldung wird nicht mehr nach ihren Codes gefragt.',
  },
  'second-factor-reset': {
    subject: 'Ihre zweiten Faktoren wurden zurückgesetzt',
    text: 'Der Betreiber der Plattform hat Ihre Authentifizierungs-App, Passkeys und Wiederherstellungscodes entfernt. Sie müssen sich überall neu anmelden; richten Sie wieder einen zweiten Faktor ein.',
  },
  'passkey-added': {
    subject: 'Ein Passkey wurde hinzugefügt',
    text: 'Er öffnet Ihr Konto ohne Passwort.',
    about: 'Passkey',
  },
  'passkey-removed': {
    subject: 'Ein Passkey wurde entfernt',
    text: 'Er öffnet Ihr Konto nicht mehr.',
    about: 'Passkey',
  },
  'recovery-code-used': {
    subject: 'Ein Wiederherstellungscode wurde benutzt',
    text: 'Jemand hat sich mit einem Ihrer Wiederherstellungscodes angemeldet. Jeder gilt einmal.',
    about: 'Verbleibende Codes',
  },
  'recovery-codes-renewed': {
    subject: 'Neue Wiederherstellungscodes wurden erstellt',
    text: 'Die Codes, die Sie bisher aufbewahrt haben, gelten nicht mehr.',
  },
  'sign-on-connected': {
    subject: 'Ihr Konto wurde mit Single Sign-on verbunden',
    text: 'Ab jetzt kann der Anmeldedienst dieses Arbeitsbereichs Sie dort anmelden.',
    about: 'Arbeitsbereich',
  },
  'sign-on-disconnected': {
    subject: 'Ihr Konto wurde von Single Sign-on getrennt',
    text: 'Der Anmeldedienst dieses Arbeitsbereichs meldet Sie nicht mehr an.',
    about: 'Arbeitsbereich',
  },
  'new-browser': {
    subject: 'Eine neue Anmeldung an Ihrem Konto',
    text: 'Jemand hat sich mit einem Browser angemeldet, der für Ihr Konto noch nie benutzt wurde oder es vergessen hat.',
    about: 'Browser',
  },
};

/** To the owner of an account, whenever the ways into it change. */
export const securityNoticeTemplate = defineTemplate<'security-notice', Values>({
  name: 'security-notice',
  en: ({ event, name, at, about, ip, security, forgotten }) => {
    const said = EN[event];
    return {
      subject: said.subject,
      body: [
        `Hello ${name}. ${said.text}`,
        { facts: factsOf(['When', momentText(at, 'en')], [said.about ?? '', about], ['From', ip]) },
        'If it was not you, choose a new password at once and see what opens your account.',
        { button: 'Look at my account', href: security },
        { note: `A new password: ${forgotten}` },
      ],
    };
  },
  de: ({ event, name, at, about, ip, security, forgotten }) => {
    const said = DE[event];
    return {
      subject: said.subject,
      body: [
        `Guten Tag ${name}. ${said.text}`,
        { facts: factsOf(['Zeitpunkt', momentText(at, 'de')], [said.about ?? '', about], ['Von', ip]) },
        'Falls Sie das nicht waren, wählen Sie sofort ein neues Passwort und prüfen Sie, was Ihr Konto öffnet.',
        { button: 'Mein Konto ansehen', href: security },
        { note: `Ein neues Passwort: ${forgotten}` },
      ],
    };
  },
});

type Fact = readonly [name: string, value: string];

function factsOf(...facts: Fact[]): Fact[] {
  return facts.filter(([name, value]) => name !== '' && value !== '');
}
