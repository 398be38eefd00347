import { PathPattern } from './path-pattern.ts';

/** A page for who is not signed in, by the name of its module in the table of pages. */
export type EntrancePage = 'forgot-password';

export interface EntranceRoute {
  page: EntrancePage;
  pattern: PathPattern;
  title: string;
  /** The tag its module defines; the element is given `app`. */
  element: `bz-${string}`;
  /** Shown to people who are signed in, too; the others lead them to their workspace. */
  always?: true;
}

export const ENTRANCE_ROUTES: readonly EntranceRoute[] = [
  {
    page: 'forgot-password',
    pattern: new PathPattern('/forgot-password'),
    title: 'Forgotten password',
    element: 'bz-forgot-password',
  },
];

/** Where a person signs in; who is signed in already has no business there. */
export const SIGN_IN_PATH = '/sign-in';

export function entranceAt(pathname: string): EntranceRoute | null {
  return ENTRANCE_ROUTES.find(({ pattern }) => pattern.match(pathname)) ?? null;
}
