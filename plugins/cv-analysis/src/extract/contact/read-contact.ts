import { anyWord } from '../../lexicon/vocabularies/index.ts';
import { titleScore } from '../experience/position-words.ts';
import type { Line } from '../lines.ts';
import { countryOf, isCity, type Place, readPlace, townBehindPostcode, townOfAddress } from '../places.ts';
import { linesAbout, type PlacedLine } from '../sections/split-sections.ts';
import { isSensitive } from '../sensitive.ts';
import type { Contact } from '../types.ts';
import { findEmails, findLinks } from './addresses.ts';
import { findName } from './name.ts';
import { findPhones } from './phones.ts';

const STREET =
  /\b\d{1,5}[a-z]?\s+(?:[\p{L}.'-]+\s+){0,4}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|way|place|pl|terrace|close|crescent|square|parkway|pkwy|highway|hwy)\b|[\p{L}.-]*(?:straße|strasse|str\.|weg|allee|platz|gasse|ring|damm|ufer)\s*\d{1,4}\s?[a-z]?\b|\b\d{1,4}\s?(?:bis|ter)?,?\s+(?:rue|avenue|boulevard|place|chemin|allée|impasse)\s|\b(?:calle|c\/|avenida|avda\.?|plaza|paseo|via|viale|rua)\s+[\p{L}.' -]+,?\s*(?:n[º°]\s*)?\d{1,4}/iu;
const ADDRESS_LABEL = new RegExp(
  `^(?:${anyWord((one) => one.labels.address)}|address|adresse|anschrift|wohnhaft in|wohnort|location|based in|dirección|domicilio|ort|city|lieu|residence|current location|indirizzo|adres|home address)\\s*[:\\t]\\s*`,
  'iu',
);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Lines that can hold the person's own particulars: the head of the CV and what stands under "Contact". */
function ownLines(placed: readonly PlacedLine[]): PlacedLine[] {
  const head = placed.filter((line) => line.topics.length === 0 && line.page === 1).slice(0, 40);
  return [...linesAbout(placed, 'contact'), ...head];
}

function segments(line: Line): string[] {
  const plain = line.text.replace(ADDRESS_LABEL, '');
  return [plain, ...plain.split(/\s*[|•·;\t]\s*|\s{2,}|\s+[–—/]\s+/)]
    .map((part) => part.replace(ADDRESS_LABEL, '').trim())
    .filter((part) => part !== '');
}

/** The place in an address whose first part is none: a district, a house. */
function readPlaceBehind(address: string): Place | null {
  const parts = address.split(/,\s*/);
  return readPlace(parts.slice(1).join(', '));
}

type Address = Pick<Contact, 'address' | 'city' | 'country'>;

/** "3 venelle du Quai, 29760" above "Penmarc'h": an address that a narrow column breaks before its town. */
function joinedAddresses(lines: readonly Line[]): Line[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    const broken = next && /(?:,|\d{4,5})$/.test(line.text) && /^\p{Lu}[\p{L} ,.'()-]{2,40}$/u.test(next.text);
    return broken && line.width > 0 ? [{ ...line, text: `${line.text} ${next.text}` }] : [];
  });
}

function findAddress(lines: readonly Line[]): Address {
  const found = findAddressIn(lines);
  if (found.city !== null) return found;
  const joined = findAddressIn(joinedAddresses(lines));
  return joined.city === null ? found : joined;
}

function findAddressIn(lines: readonly Line[]): Address {
  for (const [index, line] of lines.entries()) {
    const street = STREET.exec(line.text);
    if (!street) continue;
    const part =
      segments(line)
        .slice(1)
        .find((segment) => STREET.test(segment)) ?? line.text;
    const tail = part.slice(part.search(STREET) + street[0].length).replace(/^[\s,]+/, '');
    const place = [townOfAddress(part), readPlace(tail), readPlaceBehind(tail)].find((one) => one?.city);
    if (place?.city) return { address: part, city: place.city, country: place.country };
    const beside = segments(line)
      .slice(1)
      .map(readPlace)
      .find((one) => one?.city);
    if (beside)
      return {
        address: line.text
          .replace(ADDRESS_LABEL, '')
          .split(/\s*[|•·\t]\s*/)
          .slice(0, 2)
          .join(', '),
        ...beside,
      };
    const next = lines[index + 1];
    const below = next && !/@/.test(next.text) ? readPlace(next.text.split(/\s*[|•\t]\s*/)[0] ?? '') : null;
    const after = lines[index + 2];
    if (below && next)
      return {
        address: `${part}, ${next.text.split(/\s*[|•\t]\s*/)[0]}`,
        city: below.city,
        country: below.country ?? (after ? countryOf(after.text) : null),
      };
    return { address: part, city: null, country: null };
  }
  for (const line of lines) {
    if (/@/.test(line.text) && !/[|•·\t;]|\s[–—/]\s/.test(line.text)) continue;
    const labelled = ADDRESS_LABEL.test(line.text);
    for (const segment of segments(line)) {
      const place = readPlace(segment);
      if (place && (place.city || place.country)) return { address: segment, ...place };
      if (segment === line.text) continue;
      const town = townBehindPostcode(segment);
      if (town !== null) return { address: segment, city: town, country: null };
      const addressed = /@/.test(segment) ? null : townOfAddress(segment);
      if (addressed) return { address: segment, ...addressed };
    }
    const whole = /@/.test(line.text) ? null : townBehindPostcode(line.text);
    if (whole !== null) return { address: line.text, city: whole, country: null };
    const stated = line.text.replace(ADDRESS_LABEL, '').trim();
    const addressed = /@/.test(stated) || stated.length > 120 ? null : townOfAddress(stated);
    if (addressed) return { address: stated, ...addressed };
    const tail = line.text.split(/,\s*/);
    const ending =
      tail.length > 2 ? (readPlace(tail.slice(-2).join(', ')) ?? readPlace(tail.slice(-3).join(', '))) : null;
    if (ending?.city && ending.country && line.text.length < 120)
      return { address: tail.slice(-2).join(', '), ...ending };
    if (labelled && /^\p{Lu}[\p{L} .'-]{2,30}$/u.test(stated)) return { address: stated, city: stated, country: null };
  }
  return townBehindDistrict(lines);
}

/** "Kadıköy, İstanbul": in the head of the CV a town at the end of a line says where the person lives. */
function townBehindDistrict(lines: readonly Line[]): Address {
  for (const segment of lines.flatMap(segments)) {
    const [district = '', town = '', ...others] = segment.split(/,\s*/);
    if (others.length === 0 && /^\p{Lu}[\p{L} '-]{2,30}$/u.test(district) && titleScore(district) === 0 && isCity(town))
      return { address: segment, city: town, country: null };
  }
  return { address: null, city: null, country: null };
}

/** What hyperlinks behind words and icons say of how to reach the person, as text. */
function linkTargets(lines: readonly Line[], scheme: RegExp): string {
  return lines
    .flatMap((line) => line.links)
    .filter((link) => scheme.test(link))
    .map((link) => decoded(link.replace(/^(?:mailto|tel):/i, '').replace(/(?<=@[^?]*)\?.*$/, '')))
    .join('\n');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray per cent sign: it is meant as it stands.
    return text;
  }
}

/** Who the CV is about and how to reach them. References' particulars are not theirs. */
export function readContact(lines: readonly Line[], placed: readonly PlacedLine[]): Contact {
  const own = ownLines(placed).filter((line) => !isSensitive(line.text));
  const elsewhere = placed.filter((line) => !line.topics.includes('references'));
  const text = (some: readonly Line[]): string => some.map((line) => line.text).join('\n');
  // A narrow sidebar breaks an address at its `@` or dot.
  const broken = text(own)
    .replace(/@\s*\n\s*/g, '@')
    .replace(/\n\s*@/g, '@')
    .replace(/(@[\p{L}\p{N}-]+)\n(\.\p{L}{2,})/gu, '$1$2')
    .replace(/(@[\p{L}\p{N}-]+\.)\n(\p{L}{2,})/gu, '$1$2')
    .replace(/(@[\p{L}\p{N}.]*-)\n([\p{L}\p{N}-]+\.\p{L}{2,})/gu, '$1$2')
    .replace(/^([\p{Ll}\p{N}]+[._-])\n([\p{Ll}\p{N}._-]+@)/gmu, '$1$2');
  const emails = [
    ...new Set([
      ...findEmails(broken),
      ...findEmails(linkTargets(own, /^mailto:/i)),
      ...findEmails(text(elsewhere)),
      ...findEmails(linkTargets(elsewhere, /^mailto:/i)),
    ]),
  ];
  const pages = linkTargets(own, /^https?:/i);
  const links = findLinks(`${broken.replace(/(linkedin\.com\/(?:in\/)?)\n/gi, '$1')}\n${pages}`);
  const anywhere = `${text(elsewhere)}\n${linkTargets(elsewhere, /^https?:/i)}`;
  const allLinks = links.length > 0 ? links : findLinks(anywhere).filter((link) => link.kind !== 'portfolio');
  const written = findPhones(text(own), true);
  const ownPhones = written.length > 0 ? written : findPhones(linkTargets(own, /^tel:/i), true);
  const phones = ownPhones.length > 0 ? ownPhones : findPhones(text(elsewhere), false);
  const profileUrls = allLinks.filter((link) => link.kind !== 'portfolio').map((link) => link.url);
  const bodyHeight = median(lines.map((line) => line.height));
  const name = findName(lines, { emails, profileUrls, bodyHeight });
  // "Charlotte", "Paris": a first name on a line of its own is no town.
  const names = new Set(name?.toLowerCase().split(' '));
  const isOwnName = ({ text }: Line) => text.split(' ').every((word) => names.has(word.toLowerCase()));
  return {
    name,
    emails: emails.slice(0, 3),
    phones: phones.slice(0, 3),
    ...findAddress(own.filter((line) => (!line.bullet || line.topics.includes('contact')) && !isOwnName(line))),
    links: allLinks.slice(0, 6),
  };
}
