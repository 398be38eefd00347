import type { MailLocale } from '../locale.ts';
import type { MailBlock, MailText } from '../template.ts';
import { WORDS } from './words.ts';

function plain(block: MailBlock): string {
  if (typeof block === 'string') return block;
  if ('button' in block) return `${block.button}:\n${block.href}`;
  if ('code' in block) return `    ${block.code}`;
  if ('facts' in block) return block.facts.map(([name, value]) => `${name}: ${value}`).join('\n');
  return block.note;
}

/** The plain text body. */
export function textOf({ subject, heading, body }: MailText, locale: MailLocale): string {
  return [heading ?? subject, ...body.map(plain), `-- \n${WORDS[locale].automatic}`].join('\n\n').concat('\n');
}
