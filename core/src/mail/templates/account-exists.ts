import { defineTemplate } from '../template.ts';

/** Somebody wanted to use an address that belongs to an account already; only its owner is told. */
export const accountExistsTemplate = defineTemplate<'account-exists', { signIn: string; forgotten: string }>({
  name: 'account-exists',
  en: ({ signIn, forgotten }) => ({
    subject: 'You already have an account',
    body: [
      'Somebody, perhaps you, gave this address for a new account. It belongs to one already: sign in with it instead.',
      { button: 'Sign in', href: signIn },
      { note: `Forgot the password? ${forgotten}` },
      { note: 'If it was not you, there is nothing to do: nothing was changed.' },
    ],
  }),
  de: ({ signIn, forgotten }) => ({
    subject: 'Sie haben bereits ein Konto',
    body: [
      'Jemand, vielleicht Sie, hat diese Adresse für ein neues Konto angegeben. Sie gehört bereits zu einem: Melden Sie sich damit an.',
      { button: 'Anmelden', href: signIn },
      { note: `Passwort vergessen? ${forgotten}` },
      { note: 'Falls Sie das nicht waren, ist nichts zu tun: Es wurde nichts geändert.' },
    ],
  }),
});
