import { PathPattern } from './path-pattern.ts';

/** A page for who is not signed in, by the name of its module in the table of pages. */
export type EntrancePage =
  | 'sign-up'
  | 'forgot-password'
  | 'reset-password'
  | 'verify-email'
  | 'confirm-email'
  | 'mailbox'
  | 'single-sign-on'
  | 'certificate'
  | 'invitation';

export interface EntranceRoute {
  page: EntrancePage;
  pattern: PathPattern;
  title: string;
  /** The tag its module defines; the element is given `app`. */
  element: `bz-${string}`;
  /** Shown to people who are signed in, too; the others lead them to their workspace. */
  always?: true;
  /** Who is not signed in does so first, and comes back here. */
  signedIn?: true;
}

export const ENTRANCE_ROUTES: readonly EntranceRoute[] = [
  { page: 'mailbox', pattern: new PathPattern('/mailbox'), title: 'Mailbox', element: 'bz-mailbox', always: true },
  {
    page: 'certificate',
    pattern: new PathPattern('/certificate/{id}'),
    title: 'Certificate',
    element: 'bz-certificate',
    always: true,
    signedIn: true,
  },
  {
    page: 'single-sign-on',
    pattern: new PathPattern('/single-sign-on'),
    title: 'Single sign-on',
    element: 'bz-single-sign-on',
    always: true,
  },
  { page: 'sign-up', pattern: new PathPattern('/sign-up'), title: 'Sign up', element: 'bz-sign-up' },
  {
    page: 'forgot-password',
    pattern: new PathPattern('/forgot-password'),
    title: 'Forgotten password',
    element: 'bz-forgot-password',
  },
  {
    page: 'reset-password',
    pattern: new PathPattern('/reset-password'),
    title: 'New password',
    element: 'bz-reset-password',
    always: true,
  },
  {
    page: 'verify-email',
    pattern: new PathPattern('/verify-email'),
    title: 'Confirm your address',
    element: 'bz-verify-email',
    always: true,
  },
  {
    page: 'confirm-email',
    pattern: new PathPattern('/confirm-email'),
    title: 'New address',
    element: 'bz-confirm-email',
    always: true,
  },
  {
    page: 'invitation',
    pattern: new PathPattern('/invitation'),
    title: 'Invitation',
    element: 'bz-invitation',
    always: true,
  },
];

/** Where a person signs in; who is signed in already has no business there. */
export const SIGN_IN_PATH = '/sign-in';

export function entranceAt(pathname: string): EntranceRoute | null {
  return ENTRANCE_ROUTES.find(({ pattern }) => pattern.match(pathname)) ?? null;
}
