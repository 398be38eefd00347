import { isCity, readPlace } from '../places.ts';
import { EMPLOYER_LABEL, TITLE_LABEL } from './form-lines.ts';
import { companyScore, titleScore } from './position-words.ts';

/** Title, employer and place of one position, read from the lines around its dates. */
export interface PositionHead {
  title: string | null;
  /** Whether the title reads like one; otherwise it is what was left over. */
  isTitleSure: boolean;
  /** Whether a word of the employer's name shows that it is one. */
  isCompanySure: boolean;
  company: string | null;
  location: string | null;
}

const STRONG = /(?:\s*[|•·\t]\s*|\s+[–—―/]\s+|\s+-\s+|\s*[;:]\s+)(?![^(]*\))/u;
const DURATION =
  /\(?\b\d{1,2}\s*(?:\+\s*)?(?:years?|yrs?|jahre?n?|ans?|años?)(?:[\s,]*(?:and\s+)?\d{1,2}\s*(?:months?|mos?|monate?n?|mois|meses))?\)?|\(\d{1,2}\s*(?:months?|mos?|monate?|mois|meses)\)/giu;
const HOURS =
  '(?:full[- ]time|part[- ]time|vollzeit|teilzeit|per diem|prn|travel contract|cdi|cdd|temps plein|temps partiel|jornada completa|media jornada|voltijds?|deeltijds?|pełny etat|hybrid|on-?site)';
/** Kinds of employment that also stand in titles ("Contract Specialist", "Freelance Designer"). */
const TERMS = '(?:contract|permanent|temporary|freelance|self-employed|befristet|seasonal|remote)';
const KIND = new RegExp(
  `\\((?:${HOURS}|${TERMS})\\)|(?<!\\p{L})${HOURS}(?!\\p{L})|(?<=(?:^|[|•·\\t,;–—]|\\s-)\\s*)${TERMS}(?=\\s*(?:$|[|•·\\t,;–—]|-\\s))`,
  'giu',
);
/** "(part-time, 20 hrs/week)" */
const WEEKLY = /\(\s*(?:[^()\d]*,)?\s*\d{1,2}\s*(?:hrs?|hours?|std|stunden|heures|horas|uur)\b[^()]*\)/giu;
/** Addresses of employers say nothing of title or name. */
const STREET =
  /\d.*\b(?:street|st|road|rd|avenue|ave|blvd|drive|lane|rue)\b|^(?:ul|al)\.\s|^(?:rue|calle|rua|via)\s.*\d|straat\s\d|(?:straße|strasse|str\.|weg|allee|platz|gasse)\s*\d|^\d{5}$/iu;
/** "Freelance Designer @ self-employed": no employer's name. */
const NO_EMPLOYER = /^(?:self[- ]?employed|freiberuflich|selbst(?:st)?ändig|indépendante?|autónom[oa]|zelfstandig)$/iu;
const AT = /^(.{3,70}?)\s+(?:at|@|bei(?:\s+der|\s+dem)?|chez|en(?=\s+\p{Lu}))\s+(["„“«]?\p{Lu}.{1,70})$/u;
function tidy(text: string): string {
  return text
    .replace(/^[\s,;:.|•·()/–—-]+|[\s,;:|•·(/–—-]+$/gu, '')
    .replace(/\(\s*\)/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** Splits at commas unless that would cut a place ("Austin, TX") or a suffix ("Acme, Inc.") off. */
function commaParts(text: string): string[] {
  const parts = text.split(/\s*,\s*(?![^(]*\))/);
  const joined: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const next = parts[index + 1];
    if (
      next !== undefined &&
      /^(?:inc|llc|ltd|corp|co|gmbh|plc|s\.a|lda|s\.l|s\.r\.l|s\.p\.a|b\.v|jr|sr|lp|pllc|pvt)\b\.?/iu.test(next)
    ) {
      joined.push(`${part}, ${next}`);
      index += 1;
    } else joined.push(part);
  }
  const merged: string[] = [];
  for (let index = 0; index < joined.length; index += 1) {
    const ahead = joined.slice(index + 1, index + 3).join(', ');
    if (index + 2 < joined.length && readPlace(ahead) && !isCity(joined[index] ?? '')) {
      merged.push(joined[index] ?? '');
      continue;
    }
    const three = joined.slice(index, index + 3).join(', ');
    const two = joined.slice(index, index + 2).join(', ');
    if (index + 2 < joined.length && readPlace(three)) {
      merged.push(three);
      index += 2;
    } else if (index + 1 < joined.length && readPlace(two) && titleScore(joined[index] ?? '') === 0) {
      merged.push(two);
      index += 1;
    } else merged.push(joined[index] ?? '');
  }
  return merged;
}

/** The parts of a line between strong separators, each cut at its commas. */
function partsOf(line: string): string[][] {
  const plain = tidy(
    line
      .replace(DURATION, ' ')
      .replace(WEEKLY, ' ')
      .replace(KIND, ' ')
      .replace(/\(\s*[,/]\s*/g, '(')
      .replace(/\s*[,/]\s*\)/g, ')'),
  );
  if (plain === '') return [];
  return plain.split(STRONG).map((part) => {
    const at = AT.exec(part);
    if (at?.[1] && at[2] && titleScore(at[1]) > 0) return [at[1], ...commaParts(at[2])];
    const enclosed = /^(.+?)\s*\(([^()]{3,60})\)$/u.exec(part);
    const inside = enclosed?.[2] ?? '';
    if (enclosed?.[1] && (readPlace(inside) || companyScore(inside) >= 2)) return [...commaParts(enclosed[1]), inside];
    return readPlace(part) ? [part] : commaParts(part);
  });
}

interface Piece {
  text: string;
  /** Pieces between the same strong separators share its number. */
  part: number;
  title: number;
  company: number;
  place: boolean;
}

/** "810 Vermont Ave NW, Washington, DC 20420": of a line that opens with a street only the place is told. */
function withoutStreet(line: string): string {
  const [first = '', ...others] = line.split(/\s*,\s*/);
  if (others.length === 0 || !/^\d/.test(first) || !STREET.test(first)) return line;
  const place = others.join(', ');
  return readPlace(place) ? place : '';
}

function pieces(lines: readonly string[]): Piece[] {
  const parts = lines.map(withoutStreet).flatMap((line) => {
    const employer = EMPLOYER_LABEL.test(line);
    const titled = !employer && TITLE_LABEL.test(line);
    return partsOf(line.replace(EMPLOYER_LABEL, '').replace(TITLE_LABEL, '')).map((part) => ({
      part,
      employer,
      titled,
    }));
  });
  return parts.flatMap(({ part, employer, titled }, index) =>
    part
      .map(tidy)
      .filter((text) => /\p{L}{2}/u.test(text) && !STREET.test(text))
      .map(
        (text, place): Piece => ({
          text,
          part: index,
          title: titleScore(text) + (titled && place === 0 ? 2 : 0),
          company: employer && place === 0 ? 9 : companyScore(text),
          place: readPlace(text.replace(/(?<=\p{Ll}{2})\.$/u, '')) !== null,
        }),
      ),
  );
}

function best(some: readonly Piece[], score: (piece: Piece) => number): Piece | undefined {
  return some.reduce<Piece | undefined>(
    (top, piece) => (score(piece) > (top ? score(top) : 0) ? piece : top),
    undefined,
  );
}

/** "Staff Nurse, ICU": what follows the title up to the next separator belongs to it, if it is neither employer nor place. */
function withQualifiers(title: Piece, all: readonly Piece[], company: Piece | undefined): string {
  const after = all.slice(all.indexOf(title) + 1);
  const end = after.findIndex(
    (piece) => piece.part !== title.part || piece.place || piece === company || piece.company >= 2,
  );
  return [title, ...(end < 0 ? after : after.slice(0, end))].map((piece) => piece.text).join(', ');
}

/**
 * Reads the head of a position. The title is the piece that reads most like one; the employer the one that reads
 * most like an organisation, else the piece next to the title that is no place.
 *
 * @param lines The lines of the head without their dates, in reading order.
 */
export function readHead(lines: readonly string[]): PositionHead {
  const found = pieces(lines);
  const employed = found.filter((piece) => !NO_EMPLOYER.test(piece.text));
  const all = employed.length > 0 ? employed : found;
  const place = all.find((piece) => piece.place);
  const rest = all.filter((piece) => !piece.place);
  let title = best(
    rest,
    (piece) => piece.title - (piece.company >= 4 ? 2 : piece.company >= 2 && rest.length > 1 ? 0.5 : 0),
  );
  const company =
    best(
      rest.filter((piece) => piece !== title),
      (piece) => piece.company - piece.title * 0.4 + 0.1,
    ) ?? (rest.length === 1 && title && title.company >= 2 && title.title < 3 ? title : undefined);
  if (company && company === title) title = undefined;
  if (!title)
    title = rest.find(
      (piece) => company !== undefined && piece !== company && piece !== besideCompany(all, company, undefined),
    );
  const only = rest.length === 1 ? rest[0] : undefined;
  const employer = company?.text ?? (only && only !== title ? only.text : null);
  const beside = place ? undefined : besideCompany(all, company, title);
  // "Growthsi, Peru": with no other employer, the unknown first part of a place is one.
  const [first = '', ...others] = place && employer === null && title ? place.text.split(/,\s*/) : [];
  const misread = others.length > 0 && !isCity(first) && !/\d{4}/.test(place?.text ?? '');
  return {
    title: title ? withQualifiers(title, all, company) : null,
    isTitleSure: (title?.title ?? 0) > 0,
    isCompanySure: (company?.company ?? 0) >= 2,
    company: misread ? first : employer,
    location: misread ? others.join(', ') : (place?.text ?? beside?.text ?? null),
  };
}

/** "ParcelGo Ltd, Salford": a name behind the employer's is its place, known or not. */
function besideCompany(all: readonly Piece[], company: Piece | undefined, title: Piece | undefined): Piece | undefined {
  const next = company ? all[all.indexOf(company) + 1] : undefined;
  return next &&
    next.part === company?.part &&
    next !== title &&
    next.title === 0 &&
    /^\p{Lu}[\p{L}. '-]{2,30}$/u.test(next.text)
    ? next
    : undefined;
}
