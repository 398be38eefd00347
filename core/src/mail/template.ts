/** One part of an e-mail's body, in reading order. Texts are plain: the layout escapes them. */
export type MailBlock =
  /** A paragraph. */
  | string
  /** The one thing to do. `href` is absolute. */
  | { button: string; href: string }
  /** Something to type or copy, e.g. a code. */
  | { code: string }
  /** Names and values, one a line. */
  | { facts: readonly (readonly [name: string, value: string])[] }
  /** Less important: shown small. */
  | { note: string };

/** What a template says in one language. */
export interface MailText {
  subject: string;
  /** First line of the body, large. The subject when absent. */
  heading?: string;
  body: readonly MailBlock[];
}

/** A kind of e-mail, with its texts in every language of the platform. */
export interface MailTemplate<Name extends string, Values> {
  /** Kebab-case; shown to operators in the delivery log. */
  name: Name;
  en(values: Values): MailText;
  de(values: Values): MailText;
}

/** Declares a template; write the type of its values: `defineTemplate<'invitation', { link: string }>({ … })`. */
export function defineTemplate<Name extends string, Values extends object>(
  template: MailTemplate<Name, Values>,
): MailTemplate<Name, Values> {
  return template;
}
