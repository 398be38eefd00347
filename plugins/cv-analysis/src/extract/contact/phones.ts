import { anyWord } from '../../lexicon/vocabularies/index.ts';

const CANDIDATE =
  /(?<![\p{L}\p{N}/.#-])(?:\+|00\s?)?\(?\d[\d \t().\u2010-\u2015/-]{5,22}\d(?:\s*(?:x|ext\.?)\s*\d{1,5})?(?![\p{L}\p{N}]|[/.-]\d)/giu;
const LABEL = new RegExp(
  `(?<!\\p{L})(?:${anyWord((one) => one.labels.phone)}|phone|tel(?:ephone|efoon|efone|efono|efon|éfono|éphone)?|mobile?|cell(?:ular|phone)?|handy|mob|móvil|portable|gsm|kom|komórka|fon|ph|whatsapp|contact(?: no| number)?|rufnummer|festnetz|privat|telefon[eo]?|telefoon|cep|[tmpc])\\s*(?:no|nr|number|#)?\\.?\\s*[:.)]?\\s*$`,
  'iu',
);
const OTHER =
  /(?<!\p{L})(?:licen[cs]e|lic|id|ssn|passport|zip|plz|no|nr|number|iban|certificate|reg(?:istration)?|pin|npi|ref(?:erence)?|gpa|isbn|doi|issn|account)\s*(?:no|nr|number|#)?\.?\s*[:#]?\s*$/iu;

/** Two whole numbers with a stroke between, unlike the area code of "030 / 1234567". */
const BETWEEN_TWO = /(?<=\d(?:[ ().-]{0,2}\d){8,14})\s+\/\s+(?=\+?\(?\d(?:[ ().-]{0,2}\d){8,14}(?!\d))/g;

function digitsOf(text: string): string {
  const plain = text.replace(/\s*(?:x|ext\.?)\s*\d+$/i, '');
  // "0049 (0)4421 …": the nought in brackets is not dialled from abroad.
  const abroad = /^\s*(?:\+|00)/.test(plain) ? plain.replace(/\(0\)/, '') : plain;
  return abroad.replace(/\D/g, '');
}

function looksLikeDates(text: string): boolean {
  const bare = text.trim();
  return (
    /^(?:19|20)\d\d\s*[-–—/.]\s*(?:(?:19|20)\d\d|\d\d)$/.test(bare) ||
    /^\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d/.test(bare) ||
    /^\d{1,2}[./-](?:19|20)\d\d\s*[-–—]/.test(bare) ||
    /^(?:19|20)\d\d[./-]\d{1,2}/.test(bare) ||
    /^(?:19|20)\d\d\s*[-–—]\s*\d{1,2}[./]/.test(bare)
  );
}

/** How sure it is that the digits are a telephone number, given what stands before them. */
function isPhone(text: string, before: string, inHeader: boolean): boolean {
  const digits = digitsOf(text).replace(/^00/, '');
  if (digits.length < 7 || digits.length > 15 || looksLikeDates(text)) return false;
  if (LABEL.test(before)) return true;
  if (OTHER.test(before)) return false;
  if (/^\s*(?:\+|00)/.test(text)) return digits.length >= 8;
  if (/^\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}\b/.test(text)) return true;
  if (!inHeader || digits.length < 9) return false;
  return /^\s*\(?0/.test(text) || digits.length === 10 || /\d[\s.-]\d{2,}[\s.-]\d{2,}/.test(text);
}

/**
 * Telephone numbers in the order of the text, spaced as written but for doubled blanks.
 *
 * @param inHeader Whether the text is the head of the CV, where bare digits are most likely a telephone number.
 */
export function findPhones(written: string, inHeader: boolean): string[] {
  const text = written.replace(BETWEEN_TWO, ' | ');
  const found = new Map<string, string>();
  for (const match of text.matchAll(CANDIDATE)) {
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    if (!isPhone(match[0], before, inHeader)) continue;
    const digits = digitsOf(match[0]).replace(/^00/, '');
    if (!found.has(digits)) found.set(digits, match[0].replace(/\s+/g, ' ').trim());
  }
  return [...found.values()];
}
