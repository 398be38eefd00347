import { COMPANY_MARK, COMPANY_SUFFIX, TITLE_ENDINGS, TITLE_WORDS } from '../../lexicon/job-words.ts';
import { anyWord } from '../../lexicon/vocabularies/index.ts';
import { readPlace } from '../places.ts';
import { words } from '../text-cleaning.ts';

const FIRM_END =
  /\s*(?:&|\+|\b(?:and|und|et|y|e|en))\s*(?:partners?|co|cie|sons?|söhne|sohn|brothers|bros|gebrüder|daughters|fils|filles|frères|hijos|hermanos|associates?|associés|asociados|zonen|zn|figli|filhos)\.?$/iu;

/** "Bergmann & Partner", "Moreau et Fils": partners and relatives behind a name make a firm; "Founder & Partner" is one. */
function isFirm(text: string): boolean {
  const end = FIRM_END.exec(text);
  const name = end ? words(text.slice(0, end.index)) : [];
  return (
    name.length > 0 &&
    name.length <= 5 &&
    name.every((word) => /^\p{Lu}/u.test(word)) &&
    !name.some((word) => TITLE_WORDS.has(word.toLowerCase()))
  );
}

/** "Temple Row Solicitors", "Berger Architects": a name and a trade in the plural. */
function isNamedTrade(all: readonly string[]): boolean {
  const last = (all.at(-1) ?? '').toLowerCase();
  return (
    all.length >= 2 &&
    all.length <= 5 &&
    all.every((word) => /^[\p{Lu}&]/u.test(word)) &&
    /[^s]s$/.test(last) &&
    !TITLE_WORDS.has(last) &&
    TITLE_WORDS.has(last.slice(0, -1)) &&
    !all.slice(0, -1).some((word) => TITLE_WORDS.has(word.toLowerCase()))
  );
}

/** How much a text reads like a job title: 0 not at all. */
export function titleScore(text: string): number {
  if (text.length > 90 || readPlace(text) || isFirm(text)) return 0;
  const all = words(text);
  if (isNamedTrade(all)) return 0;
  if (all.length === 0 || all.length > 12) return 0;
  const hits = all.filter((word) => {
    const lower = word.toLowerCase().replace(/(?:\*in|:in|\/in|\(in\))$/u, '');
    return (
      TITLE_WORDS.has(lower) ||
      TITLE_WORDS.has(lower.replace(/s$/, '')) ||
      (lower.length > 7 && TITLE_ENDINGS.test(lower)) ||
      lower.split('-').some((part) => TITLE_WORDS.has(part))
    );
  }).length;
  if (hits === 0) return 0;
  const suffixed = COMPANY_SUFFIX.test(text) ? 2 : 0;
  return Math.max(0, 2 + Math.min(hits, 2) - suffixed);
}

/** Words that mark an employer in languages whose letters `\b` knows nothing of. */
const EMPLOYER_WORD = new RegExp(`(?<![\\p{L}\\p{N}])(?:${anyWord((one) => one.employers)})(?![\\p{L}\\p{N}])`, 'iu');

const LEADING_FORM = /^(?:plc|sas|ag|kg|se|ab|bv|nv|spa|ug|lp)(?![\p{L}\p{N}.])/iu;

/** How much a text reads like the name of an employer. */
export function companyScore(text: string): number {
  if (text.length > 90 || readPlace(text)) return 0;
  if (COMPANY_SUFFIX.test(text)) return 4;
  if (isFirm(text) || isNamedTrade(words(text))) return 3;
  if (COMPANY_MARK.test(text.replace(LEADING_FORM, '')) || EMPLOYER_WORD.test(text)) return 2;
  return /^[\p{Lu}\p{Lo}\d«„“"]/u.test(text) && words(text).length <= 6 ? 0.5 : 0;
}

/** Whether a part of the text reads like the name of an employer. */
export function namesEmployer(text: string): boolean {
  return text.split(/[,|•·\t–—]|\s-\s/u).some((part) => companyScore(part) >= 2);
}

/** Prose, as in the description of a position, and not part of its head. */
export function isSentence(text: string): boolean {
  const count = words(text).length;
  if (count > 16 || text.length > 140) return true;
  if (/^\p{Ll}/u.test(text)) return true;
  return count > 5 && /[.!?;]$/.test(text) && !/\b(?:inc|ltd|co|corp|llc|gmbh|e\.v|s\.a|jr|sr)\.$/i.test(text);
}
