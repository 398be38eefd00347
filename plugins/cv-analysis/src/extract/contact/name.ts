import { TITLE_ENDINGS, TITLE_WORDS } from '../../lexicon/job-words.ts';
import { anyWord } from '../../lexicon/vocabularies/index.ts';
import type { Line } from '../lines.ts';
import { readPlace } from '../places.ts';
import { topicsOf } from '../sections/recognise-heading.ts';
import { fold, isUpperCase } from '../text-cleaning.ts';

const PREFIX =
  /^(?:(?:dr|prof|professor|med|rer|nat|phil|jur|dent|habil|mr|mrs|ms|miss|mx|herr|frau|dipl|ing|mag|sir|dame|rev|m|mme|mlle|sr|sra|srta|don|doña|dott|mgr|mudr|judr|phdr|bc|dr\.-ing|dipl\.-ing|dipl\.-kfm|er)\.?[\s-]+)+(?=\p{L}{2})/iu;
const LABEL = new RegExp(
  `^(?:${anyWord((one) => one.labels.name)}|full name|name|nombre(?: y apellidos)?|nom(?: et prénom)?|vor- und nachname|nachname(?:\\(n\\))?\\s*\\/\\s*vorname(?:\\(n\\))?|surname(?:\\(s\\))?\\s*\\/\\s*first name(?:\\(s\\))?|first name\\(s\\)\\s*\\/\\s*surname\\(s\\)|name,? vorname|vorname,? name|candidate(?: name)?|nome(?: completo| e cognome)?|cognome e nome|naam|voor- en achternaam|imię i nazwisko|nazwisko i imię|jméno(?: a příjmení)?|meno a priezvisko|navn|namn|nimi|név|ad soyad|adı soyadı|prénom et nom|nom,? prénom)\\s*[:\\t]\\s*`,
  'iu',
);
const DOCUMENT =
  /^(?:curriculum vitae|curriculum|c\.?v\.?|r[ée]sum[ée]|lebenslauf|tabellarischer lebenslauf|bewerbung|hoja de vida|currículum(?: vitae)?|curriculum vit[aæ]e?|application|profile)\b\s*(?:of|for|von|de|-|–|—|:|\||\t|\/)*\s*|\s*(?:-|–|—|:|\||\t|,)\s*(?:curriculum vitae|c\.?v\.?|r[ée]sum[ée]|lebenslauf|currículum(?: vitae)?)\s*$/giu;
const DEGREES =
  /^(?:rn|bsn|msn|dnp|np|fnp(?:-?[bc])?|aprn|crna|cnm|lpn|lvn|cna|adn|ccrn|cen|cnor|bls|acls|phd|ph\.d|md|do|mba|m\.?b\.?a|msc|m\.?sc|bsc|b\.?sc|ba|b\.?a|ma|m\.?a|bs|ms|jd|esq|cpa|cfa|acca|pmp|csm|cissp|pe|p\.?e|phr|sphr|shrm-?s?cp|mph|mha|mpa|msw|lcsw|edd|pharmd|rph|dds|dvm|otr(?:\/l)?|pt|dpt|rd|rdn|cissp|itil|jr|sr|ii|iii|iv|eng|b\.?eng|m\.?eng|ll\.?[bm]|b\.?tech|m\.?tech|aca|fca|cima|mciPS|rn-bc|crrn|ocn|cpn|tncc|cphq|emt-?[bp]?|cst)\.?$/iu;
const PARTICLE =
  /^(?:van|von|der|den|de|da|di|do|dos|das|del|della|la|le|du|bin|bint|ibn|al|el|ben|zu|zur|zum|af|av|ter|ten|y|e|st|san|mac|o')$/iu;
/** Capitalised, an initial, or in a script without capitals. */
const WORD =
  /^(?:\p{Lu}[\p{L}\p{M}]*(?:['.-]\p{L}[\p{L}\p{M}]*)*\.?|\p{Lu}\.|\p{Lo}[\p{Lo}\p{M}]*(?:['.\u05BE-]\p{Lo}[\p{Lo}\p{M}]*)*)$/u;
/** A particle written together with the name: "kaMahlangu", "deVries". */
const JOINED_PARTICLE = /^\p{Ll}{1,3}\p{Lu}\p{Ll}[\p{L}\p{M}]+$/u;

function proper(word: string): string {
  if (!isUpperCase(word) || /^\p{Lu}\.?$/u.test(word) || /^\p{Lu}\.\p{Lu}\.?$/u.test(word)) return word;
  return word
    .toLowerCase()
    .replace(/(?:^|[-'.])\p{L}/gu, (start) => start.toUpperCase())
    .replace(/(?<!\p{L})Mc(\p{L})/gu, (_match, letter: string) => `Mc${letter.toUpperCase()}`);
}

/** The person's name in a text that may hold titles, degrees or the word "CV" beside it, or `null`. */
export function readName(text: string): string | null {
  return nameIn(text, isNoName);
}

/** A name whose last word is a trade: "Jamie Baker", "Thomas Koch". "Ship Cook" reads like one as well. */
export function readTradeName(text: string): string | null {
  return nameIn(
    text,
    (parts) =>
      parts.length > 3 ||
      !TITLE_WORDS.has((parts.at(-1) ?? '').toLowerCase()) ||
      isNoPhrase(parts) ||
      isNoName(parts.slice(0, -1)),
  );
}

function nameIn(text: string, isNone: (parts: readonly string[]) => boolean): string | null {
  let bare = text
    .replace(LABEL, '')
    .replace(DOCUMENT, '')
    .replace(/\([^)]*\)|"[^"]*"|\[[^\]]*\]/g, ' ')
    .trim();
  if (/[@\d]|https?:|www\./.test(bare)) bare = bare.split(/\s*[|•·\t]\s*|\s+[–—-]\s+/)[0] ?? '';
  bare = (bare.split(/\s*[|•·\t;]\s*|\s+[–—-]\s+/)[0] ?? '').replace(PREFIX, '').trim();
  if (readPlace(bare)) return null;
  const [first = '', ...rest] = bare.split(/\s*,\s*/);
  const extras = rest.flatMap((part) => part.split(/[\s/]+/)).filter((part) => part !== '' && !DEGREES.test(part));
  // "Doe, Jane": the family name first.
  if (extras.length > 0) {
    if (
      rest.length !== 1 ||
      extras.length > 2 ||
      first.split(' ').length > 2 ||
      !extras.every((word) => WORD.test(word))
    )
      return null;
    return nameIn(`${extras.join(' ')} ${first}`, isNone);
  }
  const all = first.split(/\s+/).filter((word) => word !== '');
  const parts = all.filter(
    (word, index) => index < 1 || !(DEGREES.test(word) && (isUpperCase(word) || word.includes('.')) && all.length > 2),
  );
  if (parts.length < 2 || parts.length > 6) return null;
  const named = parts.every(
    (word, index) => WORD.test(word) || PARTICLE.test(word) || (index > 0 && JOINED_PARTICLE.test(word)),
  );
  if (!named) return null;
  if (
    PARTICLE.test(parts.at(-1) ?? '') ||
    parts.filter((word) => /\p{L}{2}/u.test(word) && !PARTICLE.test(word)).length < 2
  )
    return null;
  if (isNone(parts)) return null;
  return parts
    .map((word) =>
      PARTICLE.test(word) ? (isUpperCase(word) && word.length > 1 ? word.toLowerCase() : word) : proper(word),
    )
    .join(' ');
}

const NO_NAME =
  /^(?:europass|lebenslauf|curriculum|vitae|resume|résumé|cv|engineering|software|senior|junior|professional|certified|registered|licensed|sales|marketing|business|project|product|data|customer|human|resources|general|machine|learning|web|full|stack|front|end|back|cloud|network|security|health|healthcare|medical|nursing|university|college|school|hospital|street|avenue|road|page|confidential|private|gmbh|inc|llc|ltd|experience|education|skills|summary|profile|objective|work|employment|history|languages|references|career|personal|details|information|contact|email|phone|mobile|address|linkedin|github|present|current|years|java|python|javascript|react|office|microsoft|excel|certification|certifications|management|development|services|solutions|technologies|group|mathematics|science|computer|financial|accounting|logistics|warehouse|truck|commercial|freelance|remote|photo|picture|foto)$/iu;

/** A heading or a place rather than a name. */
function isNoPhrase(parts: readonly string[]): boolean {
  return topicsOf(parts.join(' ')).length > 0 || readPlace(parts.join(' ')) !== null;
}

function isNoName(parts: readonly string[]): boolean {
  if (isNoPhrase(parts)) return true;
  return parts.some(
    (word) =>
      NO_NAME.test(word) ||
      TITLE_WORDS.has(word.toLowerCase()) ||
      (/^\p{L}{6,}$/u.test(word) && TITLE_ENDINGS.test(word) && word.length > 9),
  );
}

interface NameHints {
  emails: readonly string[];
  profileUrls: readonly string[];
  /** Typical height of a line, 0 without layout. */
  bodyHeight: number;
}

function hintScore(name: string, hints: NameHints): number {
  const parts = fold(name)
    .split(/[\s'-]+/)
    .filter((part) => part.length > 2);
  const texts = [...hints.emails.map((email) => email.split('@')[0] ?? ''), ...hints.profileUrls].map((text) =>
    fold(text),
  );
  const hits = parts.filter((part) => texts.some((text) => text.includes(part))).length;
  return hits >= 2 ? 4 : hits;
}

interface Candidate {
  name: string;
  score: number;
}

/** Whether a text that may as well be a trade is a name: an address repeats it, a label says so, or it stands first and large. */
function isNameLike(text: string, line: Line, place: number, hints: NameHints): boolean {
  const large = hints.bodyHeight > 0 ? line.height > hints.bodyHeight * 1.25 : line.bold;
  return LABEL.test(text) || (place === 0 && large) || hintScore(readTradeName(text) ?? '', hints) > 0;
}

function candidate(text: string, line: Line, place: number, hints: NameHints): Candidate | null {
  const name = readName(text) ?? (isNameLike(text, line, place, hints) ? readTradeName(text) : null);
  if (!name) return null;
  let score = hintScore(name, hints) * 1.5;
  if (LABEL.test(text)) score += 6;
  if (place === 0) score += 3;
  else if (place < 4) score += 2;
  else if (place < 10) score += 1;
  if (line.bold) score += 0.5;
  if (hints.bodyHeight > 0) score += Math.min(4, Math.max(0, (line.height / hints.bodyHeight - 1) * 5));
  if (isUpperCase(line.text)) score += 0.5;
  if (line.bullet) score -= 3;
  return { name, score };
}

/** A first name above a family name, both set alike; or a name broken at its hyphen or behind its particle. */
function stacked(line: Line, next: Line | undefined): string | null {
  const above = line.text.trim();
  const hyphenated = /\p{L}-$/u.test(above);
  const open = hyphenated || PARTICLE.test(above.split(/\s+/).at(-1) ?? '');
  if (!next || (/\s/.test(above) && !open) || next.text.trim().split(/\s+/).length > 2) return null;
  const alike =
    line.page === next.page &&
    Math.abs(line.height - next.height) <= line.height * 0.15 &&
    isUpperCase(line.text) === isUpperCase(next.text);
  return alike ? `${above}${hyphenated ? '' : ' '}${next.text}` : null;
}

/**
 * The name of the person: a line near the top (or set larger than the rest) that reads like a name, preferring one
 * that its e-mail address or profile repeats. Never a heading, a job title, a place or an employer.
 */
export function findName(lines: readonly Line[], hints: NameHints): string | null {
  const pool = lines.filter((line) => line.page === 1).slice(0, 150);
  const firstOfFlow = new Map<number, number>();
  const candidates = pool.flatMap((line, index) => {
    const start = firstOfFlow.get(line.flow) ?? index;
    firstOfFlow.set(line.flow, start);
    const place = index - start;
    const large = hints.bodyHeight > 0 && line.height > hints.bodyHeight * 1.25;
    if (place > 14 && !large && !LABEL.test(line.text)) return [];
    const joined = stacked(line, pool[index + 1]);
    return [joined ? candidate(joined, line, place, hints) : null, candidate(line.text, line, place, hints)].filter(
      (one): one is Candidate => one !== null,
    );
  });
  const best = candidates.reduce<Candidate | null>((top, one) => (!top || one.score > top.score ? one : top), null);
  return best && best.score >= 1.5 ? best.name : null;
}
