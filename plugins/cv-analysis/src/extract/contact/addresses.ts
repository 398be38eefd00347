import type { ContactLink } from '../types.ts';

const EMAIL =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,4}[\p{L}]{2,24}(?![\p{L}\p{N}])/gu;
const AT = /\s*(?:\(at\)|\[at\]|\{at\}|<at>|\s\bat\b\s|\(@\)|\[@\]|\(a\)(?=\S+\.\p{L}{2}))\s*/giu;
const DOT = /\s*(?:\(dot\)|\[dot\]|\{dot\}|\(\.\)|\[\.\]|\(punkt\)|\s\bdot\b\s)\s*/giu;

/** `jane (at) example (dot) com` and `jane . doe @ example . com` as they are meant. */
function plainAddresses(text: string): string {
  const replaced =
    /@/.test(text) || !/\b(?:at|dot)\b|\((?:at|a)\)/i.test(text)
      ? text.replace(DOT, '.').replace(/\s*(?:\(@\)|\[@\])\s*/g, '@')
      : text.replace(AT, '@').replace(DOT, '.');
  return replaced
    .replace(/(?<=[\p{L}\p{N}])\s*@\s*(?=[\p{L}\p{N}])/gu, '@')
    .replace(/@([\p{L}\p{N}-]+(?:\s?\.\s?[\p{L}\p{N}-]+)+)/gu, (_match, host: string) => {
      const kept = host.split(/(?<=\.\s?\p{L}{2,})\s(?!\.)/u)[0] ?? host;
      return `@${kept.replace(/\s*\.\s*/g, '.')}${host.slice(kept.length)}`;
    })
    .replace(/(?<![\p{L}\p{N}])([\p{L}\p{N}]{1,40})\s\.\s([\p{L}\p{N}]{1,40})@/gu, '$1.$2@');
}

/** E-mail addresses in the order of the text, once each, lower case. */
export function findEmails(text: string): string[] {
  return [...new Set([...plainAddresses(text).matchAll(EMAIL)].map((match) => match[0].toLowerCase()))];
}

const URL_TEXT =
  /(?:https?:\/\/|www\.)[^\s,;|<>()\t]+|(?<![@\p{L}\p{N}.-])(?:[\p{L}\p{N}-]{1,63}\.){1,5}(?:com|io|dev|net|org|me|app|co|tech|ai|info|design|de|at|ch|fr|es|eu|uk|page|blog|site|online|portfolio|xyz|in|us|ca|nl|it)(?:\/[^\s,;|<>()\t]*)?(?![\p{L}\p{N}@])/giu;

function kindOf(url: string): ContactLink['kind'] {
  if (/(?:^|\.|\/\/)linkedin\.com/i.test(url)) return 'linkedin';
  if (/(?:^|\.|\/\/)github\.(?:com|io)/i.test(url)) return /github\.io/i.test(url) ? 'portfolio' : 'github';
  if (/(?:^|\.|\/\/)gitlab\.com/i.test(url)) return 'gitlab';
  return 'portfolio';
}

/** Web addresses of the person: profiles by their host, anything else as portfolio. */
export function findLinks(text: string): ContactLink[] {
  const links = new Map<string, ContactLink>();
  const plain = text.replace(EMAIL, ' ');
  for (const match of plain.matchAll(URL_TEXT)) {
    const url = match[0].replace(/[.,:;)]+$/, '');
    if (
      /^(?:node|vue|next|nuxt|asp|express|three|d3|react|socket|ember|backbone|nest|monday|salesforce|b|e|i|booking)\.(?:js|net|io|com)$/i.test(
        url,
      ) ||
      (/\.net$/i.test(url) && !/^(?:https?:|www\.)/i.test(url))
    )
      continue;
    const kind = kindOf(url);
    if (kind !== 'portfolio' && !/\.com\/[^/\s]+/i.test(url)) continue;
    const key = url
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
    if (!links.has(key)) links.set(key, { kind, url: /^https?:/i.test(url) ? url : `https://${url}` });
  }
  return [...links.values()];
}

/** The text with e-mail and web addresses blanked out, every character keeping its place. */
export function blankAddresses(text: string): string {
  const blank = (match: string): string => ' '.repeat(match.length);
  return text
    .replace(EMAIL, blank)
    .replace(URL_TEXT, (match) => (/^(?:https?:|www\.)|\//i.test(match) ? blank(match) : match));
}
