import { CITIES, COUNTRIES, countryOfState, STATE_CODES, STATE_NAMES } from '../lexicon/places.ts';

/** A place as far as its text tells. */
export interface Place {
  city: string | null;
  country: string | null;
}

const REMOTE =
  /^(?:remote|hybrid|on-?site|home ?office|télétravail|remoto|work from home|nationwide|worldwide|bundesweit)\b/i;
/** Before a town: "10115", "4050-262", "90-001", "411 38", "3511 AB", "D-10115". */
const LEADING_POSTCODE =
  /^(?:[A-Z]{1,2}-)?(?:\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{4,6})\s+(?=\p{Lu})/u;
const POSTCODE =
  /(?:^|\s)(?:\d{5}(?:-\d{4})?|\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}-?\d{4,5}|\d{6})(?=$|[\s,])/;
const PLACE_NAME =
  /^[\p{Lu}\p{Lo}][\p{L}\p{M}'.-]+(?:[ -](?:[\p{Lu}\p{Lo}][\p{L}\p{M}'.-]+|am|an|der|de|la|del|upon|im|in|on|le|sur|les)){0,4}$/u;

const CITY_STATES: ReadonlySet<string> = new Set([
  'Singapore',
  'Hong Kong',
  'Luxembourg',
  'Qatar',
  'Kuwait',
  'Bahrain',
]);

function stateOf(text: string): string | null {
  const bare = text.replace(POSTCODE, '').trim();
  if (STATE_CODES.has(bare)) return STATE_CODES.get(bare) ?? null;
  return STATE_NAMES.has(bare.toLowerCase()) ? bare : null;
}

export function countryOf(text: string): string | null {
  return (
    COUNTRIES.get(text.trim().toLowerCase().replace(/\.$/, '')) ?? COUNTRIES.get(text.trim().toLowerCase()) ?? null
  );
}

export function isCity(text: string): boolean {
  return CITIES.has(text.trim().replaceAll('İ', 'I').toLowerCase());
}

function withoutPostcode(text: string): string {
  const bare = text.replace(LEADING_POSTCODE, '').replace(POSTCODE, ' ').replace(/\s+/g, ' ').trim();
  // The first half of a British postcode: "Cardiff CF10"; a district: "Dublin 2".
  return bare.replace(/\s(?:[A-Z]{1,2})?\d{1,2}[A-Z]?$/, '');
}

/** "Wald ZH", "Chapel Hill QLD", "Rovereto (TN)", "Zumaia (Gipuzkoa)": the town without what says in which region it lies. */
function withoutRegion(town: string): string {
  if (isCity(town)) return town;
  return town.replace(/\s*\(\p{Lu}[\p{L} ]+\)$/u, '').replace(/(?<=\p{Ll})\s+\p{Lu}{2,3}$/u, '');
}

const BRITISH_POSTCODE = /,?\s*\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/;
const BRITISH_COUNTY =
  /(?:shire|folk|sex|umberland)$|^(?:(?:north|south|east|west|mid) )?(?:kent|devon|dorset|somerset|cornwall|surrey|cumbria|merseyside|powys|gwynedd|dyfed|fife|sutherland|caithness|highlands?|glamorgan|gwent|antrim|tyrone|armagh|midlands|lothian|ayrshire|tyne and wear)$|^(?:co\.?|county)\s/iu;

/** The town of a British address, before its postcode and county: "Chapel Row, Llandeilo, Carmarthenshire SA19 6HN". */
function townBeforePostcode(parts: readonly string[]): string | null {
  const all = parts.join(', ');
  if (!BRITISH_POSTCODE.test(all)) return null;
  const names = all.replace(BRITISH_POSTCODE, '').split(', ');
  const town = names.filter((name) => !BRITISH_COUNTY.test(name)).at(-1) ?? '';
  return PLACE_NAME.test(town) ? town : null;
}

const STREET_WORD =
  /^(?:rue|avenue|av\.|boulevard|chemin|place|calle|c\/|plaza|via|viale|piazza|rua|ul\.|al\.|flat|apt|unit|blk|block|brgy)(?![\p{L}\p{N}])|(?:street|road|lane|straße|strasse|straat|weg|laan)$/iu;

/**
 * The town of an address in which a street, known by its number, stands before it and a country or region behind it:
 * "Av. Rivadavia 15.220, Haedo, Provincia de Buenos Aires, Argentina".
 */
export function townOfAddress(address: string): Place | null {
  const parts = address.split(/,\s*/).filter((part) => part !== '');
  const british = townBeforePostcode(parts);
  if (british !== null) return { city: british, country: null };
  const last = parts.at(-1) ?? '';
  const country = countryOf(last);
  const inner = country || /^[\d ]+$/.test(last) ? parts.slice(0, -1) : parts;
  const numbered = inner.findLastIndex((part) => /\d/.test(part));
  const named = inner.slice(numbered + 1).filter((part) => !STREET_WORD.test(part));
  const [town] = named;
  if (numbered < 0 || town === undefined || (country === null && named.length < 2) || !PLACE_NAME.test(town))
    return null;
  return { city: withoutRegion(town), country };
}

/** The town behind a postcode at the end of an address in any language: "Storgatan 5, 411 38 Göteborg". */
export function townBehindPostcode(address: string): string | null {
  const part = address.split(/,\s*/).find((one) => LEADING_POSTCODE.test(one));
  return part === undefined ? null : (readPlace(part)?.city ?? null);
}

/**
 * A text that is nothing but a place ("Austin, TX 78701", "10115 Berlin", "Lyon, France", "Remote"), or `null`. A
 * single unknown word is no place.
 */
export function readPlace(text: string): Place | null {
  const bare = text.replace(/^[([](.*)[)\]]$|^[([]|(?<=^[^([]*)[)\]]$/g, '$1').trim();
  if (bare === '' || bare.length > 60) return null;
  if (REMOTE.test(bare) && bare.length < 30) return { city: null, country: null };
  const parts = bare
    .split(/\s*[,|•·]\s*|\s+[-–—/]\s+|\t/)
    .map((part) => part.replace(/\s*\((?:remote|hybrid|on-?site)\)/i, '').trim())
    .filter((part) => part !== '' && !REMOTE.test(part) && !/^\d{4,6}$/.test(part));
  const [first = '', second, third] = parts;
  // "Kapellestraat 41, 8755 Ruiselede, België" begins with a street.
  if (parts.length > 2 && /^\p{L}.*\p{L}\s\d{1,4}\s?[a-z]?$/u.test(first)) return null;
  if (parts.length === 1) {
    if (countryOf(first)) return { city: isCity(first) ? first : null, country: countryOf(first) };
    const town = LEADING_POSTCODE.test(first) ? first.replace(LEADING_POSTCODE, '').trim() : '';
    if (PLACE_NAME.test(town.replace(/\s*\(\p{Lu}[\p{L} ]+\)$/u, '')))
      return { city: withoutRegion(town), country: null };
    const british = /^(\p{Lu}[\p{L} '-]+?)\s+[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/u.exec(first);
    if (british?.[1]) return { city: BRITISH_COUNTY.test(british[1]) ? null : british[1], country: null };
    const stated = /^(\p{Lu}[\p{L} .'-]+?)\s+([A-Z]{2,3})(?:\s+\d{4,5})?$/u.exec(first);
    // "NCC Sverige AB", "Janssen NV": codes of states that are also legal forms.
    const form = /^(?:AB|NV|SA)$/.test(stated?.[2] ?? '') && !isCity(stated?.[1] ?? '') && !/\d/.test(first);
    if (stated?.[1] && !form && STATE_CODES.has(stated[2] ?? ''))
      return { city: stated[1], country: countryOfState(stated[2] ?? '') };
    return isCity(withoutPostcode(first)) || STATE_NAMES.has(first.toLowerCase())
      ? { city: isCity(withoutPostcode(first)) ? withoutPostcode(first) : null, country: null }
      : null;
  }
  if (parts.length > 4 || second === undefined) return null;
  const last = parts.at(-1) ?? '';
  const country = countryOf(withoutPostcode(last));
  const state = stateOf(second) ?? (third === undefined ? null : stateOf(third));
  // "Assistant Professor, University of Oslo, Oslo, Norway" ends with a place.
  const inner = parts.slice(1, parts.length > 3 ? -1 : 2);
  if (parts.length > 2 && inner.some((part) => isCity(withoutPostcode(part))) && !isCity(first) && !/\d/.test(first))
    return null;
  const region = parts.length > 2 && stateOf(second) === null;
  // "Karolinska Institutet, Stockholm, Sweden" begins with something else than a place.
  if (region && !isCity(first) && (state !== null || isCity(withoutPostcode(second)))) return null;
  const city = withoutRegion(withoutPostcode(first));
  if (!PLACE_NAME.test(city)) return null;
  // "Growthsi, Singapore": a city-state has no other cities.
  if (country && CITY_STATES.has(country) && !isCity(city)) return null;
  if (country) return { city, country };
  if (state) return { city, country: countryOfState(withoutPostcode(last)) };
  return isCity(city) && parts.every((part) => PLACE_NAME.test(withoutPostcode(part))) && isCity(withoutPostcode(last))
    ? { city, country: null }
    : isCity(city) && parts.length === 2 && PLACE_NAME.test(last) && POSTCODE.test(bare)
      ? { city, country: null }
      : null;
}
