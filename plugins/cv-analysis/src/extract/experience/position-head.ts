import { readPlace } from '../places.ts';
import { companyScore, titleScore } from './position-words.ts';

/** Title, employer and place of one position, read from the lines around its dates. */
export interface PositionHead {
  title: string | null;
  company: string | null;
  location: string | null;
}

const STRONG = /\s*[|•·\t]\s*|\s+[–—―/]\s+|\s+-\s+|\s*;\s*/u;
const DURATION =
  /\(?\b\d{1,2}\s*(?:\+\s*)?(?:years?|yrs?|jahre?n?|ans?|años?)(?:[\s,]*(?:and\s+)?\d{1,2}\s*(?:months?|mos?|monate?n?|mois|meses))?\)?|\(\d{1,2}\s*(?:months?|mos?|monate?|mois|meses)\)/giu;
const KIND = /\(?\b(?:full[- ]time|part[- ]time|contract|permanent|temporary|freelance|self-employed|vollzeit|teilzeit|befristet|seasonal|per diem|prn|travel contract|cdi|cdd|temps plein|temps partiel|jornada completa|media jornada|remote|hybrid|on-?site)\b\)?/giu;
const AT = /^(.{3,70}?)\s+(?:at|@|bei(?:\s+der|\s+dem)?|chez|en(?=\s+\p{Lu}))\s+(\p{Lu}.{1,70})$/u;
const LABELS = /^(?:company|employer|organi[sz]ation|firma|arbeitgeber|entreprise|empresa|client|kunde)\s*:\s*/iu;
const TITLE_LABELS = /^(?:position|title|job title|role|designation|funktion|tätigkeit|poste|puesto|cargo|als)\s*:?\s+/iu;

function tidy(text: string): string {
  return text.replace(/^[\s,;:.|•·()–—-]+|[\s,;:|•·(–—-]+$/gu, '').replace(/\(\s*\)/g, '').replace(/\s+/g, ' ').trim();
}

/** Splits at commas unless that would cut a place ("Austin, TX") or a suffix ("Acme, Inc.") off. */
function commaParts(text: string): string[] {
  const parts = text.split(/\s*,\s*/);
  const joined: string[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    const next = parts[index + 1];
    if (next !== undefined && /^(?:inc|llc|ltd|corp|co|gmbh|plc|s\.a|jr|sr|lp|pllc|pvt)\b\.?/iu.test(next)) {
      joined.push(`${part}, ${next}`);
      index += 1;
    } else joined.push(part);
  }
  const merged: string[] = [];
  for (let index = 0; index < joined.length; index += 1) {
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

function piecesOf(line: string): string[] {
  const plain = tidy(line.replace(DURATION, ' ').replace(KIND, ' '));
  if (plain === '') return [];
  return plain.split(STRONG).flatMap((part) => {
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
  line: number;
  title: number;
  company: number;
  place: boolean;
}

function pieces(lines: readonly string[]): Piece[] {
  return lines.flatMap((line, index) =>
    piecesOf(line)
      .map(tidy)
      .filter((text) => /\p{L}{2}/u.test(text))
      .map((raw): Piece => {
        const text = raw.replace(LABELS, '').replace(TITLE_LABELS, '');
        const title = TITLE_LABELS.test(raw) && raw !== text ? 9 : titleScore(text);
        const company = LABELS.test(raw) ? 9 : companyScore(text);
        return { text, line: index, title, company, place: readPlace(text) !== null };
      }),
  );
}

function best(some: readonly Piece[], score: (piece: Piece) => number): Piece | undefined {
  return some.reduce<Piece | undefined>((top, piece) => (score(piece) > (top ? score(top) : 0) ? piece : top), undefined);
}

/**
 * Reads the head of a position. The title is the piece that reads most like one; the employer the one that reads
 * most like an organisation, else the piece next to the title that is no place.
 *
 * @param lines The lines of the head without their dates, in reading order.
 */
export function readHead(lines: readonly string[]): PositionHead {
  const all = pieces(lines);
  const place = all.find((piece) => piece.place);
  const rest = all.filter((piece) => !piece.place);
  let title = best(rest, (piece) => piece.title - (piece.company >= 4 ? 2 : piece.company >= 2 && rest.length > 1 ? 0.5 : 0));
  const company =
    best(
      rest.filter((piece) => piece !== title),
      (piece) => piece.company - piece.title * 0.4 + 0.1,
    ) ?? (rest.length === 1 && title && title.company >= 2 && title.title < 3 ? title : undefined);
  if (company && company === title) title = undefined;
  if (!title) title = rest.find((piece) => piece !== company && company !== undefined);
  const only = rest.length === 1 ? rest[0] : undefined;
  return {
    title: title?.text ?? null,
    company: company?.text ?? (only && only !== title ? only.text : null),
    location: place?.text ?? null,
  };
}
