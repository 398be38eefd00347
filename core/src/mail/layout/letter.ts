import type { MailLocale } from '../locale.ts';
import type { MailText } from '../template.ts';
import { htmlOf } from './html.ts';
import { textOf } from './text.ts';

/** An e-mail as it is sent. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** On one line, without anything that could begin a header of its own. */
export function withoutControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

function checkLinks({ body }: MailText): void {
  for (const block of body) {
    if (typeof block === 'string' || !('href' in block)) continue;
    const { protocol } = new URL(block.href);
    if (protocol !== 'http:' && protocol !== 'https:') throw new Error('a link in a letter leads nowhere');
  }
}

/** Both bodies say the same. Throws when a link is not an absolute address. */
export function renderLetter(text: MailText, locale: MailLocale): Letter {
  checkLinks(text);
  const clean = { ...text, subject: withoutControls(text.subject) };
  return { subject: clean.subject, text: textOf(clean, locale), html: htmlOf(clean, locale) };
}
