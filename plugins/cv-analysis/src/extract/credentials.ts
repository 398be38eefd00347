import { CERTIFICATES, LICENCES } from '../lexicon/credentials.ts';
import { STATE_CODES, STATE_NAMES } from '../lexicon/places.ts';
import { partialDate } from './dates/calendar.ts';
import { findDates } from './dates/find-dates.ts';
import { readDegree } from './education/degrees.ts';
import { titleScore } from './experience/position-words.ts';
import { passageOf } from './lines.ts';
import { linesAbout, type PlacedLine } from './sections/split-sections.ts';
import { isDrivingLicence, isSensitive } from './sensitive.ts';
import { clip, words } from './text-cleaning.ts';
import type { Certification, Licence, PartialDate } from './types.ts';

const EXPIRY =
  /(?:exp(?:ires?|iry|iration|\.)?(?: date)?|valid (?:until|through|thru|to)|gültig bis|valable jusqu'(?:au|à|en)|válido hasta|renewal|good (?:through|until))\s*[:.]?\s*$/iu;
const ISSUED_BY =
  /(?<!\p{L})(?:issued by|by|from|through|von|durch|par|por|ausgestellt von|issuer:|aussteller:)\s+(?:the\s+)?(\p{Lu}[^,;|()\t]{2,60})/u;
const NUMBER =
  /(?:licen[cs]e|lic|reg(?:istration)?|pin|certificate)?\s*(?:no|nr|number|num|#)\.?\s*[:#]?\s*([A-Z]{0,4}[- ]?\d[\d-]{2,14}[A-Z]?)|#\s*([A-Z]{0,4}-?\d[\d-]{2,14})|\bpin\s*:?\s*([A-Z\d]{6,10})\b/iu;
const PRACTICE =
  /licen[cs]e|licensure|licen[cs]ed|registration|registered|compact|multi-?state|\bno\b|#|pin|state board|approbation|berufserlaubnis|berufsurkunde|examiniert|staatlich|admitted|admission|guard card|certified|active|qualified|zulassung|befähigung|series/iu;

function datesOf(text: string, today: number): { date: PartialDate | null; expires: PartialDate | null } {
  let date: PartialDate | null = null;
  let expires: PartialDate | null = null;
  for (const found of findDates(text, today)) {
    const before = text.slice(Math.max(0, found.index - 24), found.index);
    if (found.kind === 'period' && found.finish && found.finish !== found.start) {
      date ??= partialDate(found.start);
      expires ??= partialDate(found.finish);
    } else if (EXPIRY.test(before)) expires ??= partialDate(found.start);
    else date ??= partialDate(found.start);
  }
  return { date, expires };
}

function bareName(text: string, today: number): string {
  const undated = findDates(text, today).reduceRight(
    (left, found) => left.slice(0, found.index) + left.slice(found.end),
    text,
  );
  return clip(
    undated
      .replace(/\((?:\s|exp\w*|valid|until|issued|,|:|-|–)*\)/gi, '')
      .replace(
        /\b(?:exp(?:ires?|iry|iration|\.)?|valid (?:until|through)|issued|gültig bis|obtained|completed|seit|since)\s*:?\s*(?=$|[,;|)])/gi,
        '',
      )
      .replace(/\(\s*\)/g, '')
      .replace(/^[\s:,;|–—-]+|[\s:,;|(–—-]+$/g, '')
      .replace(/\s+/g, ' '),
    120,
  );
}

/** Splits "BLS, ACLS, PALS" but keeps "Scrum Master, Scrum Alliance, 2019" whole. */
function items(line: PlacedLine): string[] {
  // A date in a column of its own belongs to what stands beside it.
  const text = line.text.replace(/^([^\p{L}]{4,24})\t/u, '$1 ').replace(/\t([^\p{L}]{4,24})$/u, ' $1');
  const parts = text.split(/\s*[;•·|]\s*|\t/).filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const inner = part.split(/\s*,\s*(?![^(]*\))/);
    const known = inner.filter((piece) => CERTIFICATES.some(({ pattern }) => pattern.test(piece))).length;
    return inner.length > 1 && known >= 2 && known >= inner.length - 1 ? inner : [part];
  });
}

/** Joins an item that runs on: its first line reaches the edge of the column and has no date yet. */
function unwrapped(lines: readonly PlacedLine[], today: number): PlacedLine[] {
  const joined: PlacedLine[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const runsOn =
      before &&
      before.width > 0 &&
      before.full &&
      before.block === line.block &&
      !line.bullet &&
      line.page === before.page &&
      findDates(before.text, today).length === 0 &&
      !/[,;|•·]/.test(before.text);
    if (runsOn && (/^\p{Ll}/u.test(line.text) || findDates(line.text, today).length > 0))
      joined[joined.length - 1] = { ...before, text: `${before.text} ${line.text}` };
    else joined.push(line);
  }
  return joined;
}

/** In a section on schools and courses alike, a line of the former kind. */
function isSchooling(line: PlacedLine): boolean {
  return (
    line.topics.includes('education') &&
    (readDegree(line.text) !== null || /\b(?:school|university|college|universität|schule)\b/iu.test(line.text))
  );
}

/** An item that names a licence to practise, which is no certificate; a known certificate only if it says so. */
function isLicence(item: string, isKnown: boolean): boolean {
  const named = /licen[cs]|berufserlaubnis|berufsurkunde|approbation/iu.test(item);
  const practised = LICENCES.some(({ pattern }) => pattern.test(item));
  if (isKnown) return practised && /licen[cs]/iu.test(item);
  return named || (practised && /registration|\bno\b|#|staatlich|state of/iu.test(item));
}

/** Labels of a form on studies: what stands beside them is no certificate. */
const FORM_LABEL =
  /^(?:dates?|title of qualification awarded|name and type of organi[sz]ation[\p{L} ]*|principal subjects[\p{L} /]*|level in (?:inter)?national[\p{L} ]*|(?:education and training))\s*(?:[:\t]|$)/iu;

function fromSection(lines: readonly PlacedLine[], today: number): Certification[] {
  const found: Certification[] = [];
  for (const line of unwrapped(lines, today)) {
    if (isSchooling(line) || FORM_LABEL.test(line.text)) continue;
    if (isDrivingLicence(line.text) || isSensitive(line.text) || line.text.length > 220) continue;
    for (const item of items(line)) {
      const name = bareName(item, today);
      const dates = datesOf(item, today);
      const last = found.at(-1);
      const known = CERTIFICATES.find(({ pattern }) => pattern.test(item));
      if (isLicence(item, known !== undefined)) continue;
      // A line with only a date or an issuer belongs to the certificate above.
      if (!/\p{L}{2}/u.test(name.replace(/\b(?:issued|expires?|valid|until|credential id|id)\b.*$/iu, ''))) {
        if (last) {
          last.date ??= dates.date;
          last.expires ??= dates.expires;
        }
        continue;
      }
      const issuer = ISSUED_BY.exec(item)?.[1]?.trim() ?? known?.issuer ?? null;
      if (
        !known &&
        !line.bullet &&
        last &&
        last.issuer === null &&
        last.passage.line === line.line - 1 &&
        last.passage.page === line.page &&
        lineLooksLikeIssuer(name, lines)
      ) {
        last.issuer = name;
        last.date ??= dates.date;
        last.expires ??= dates.expires;
        continue;
      }
      if (words(name).length <= 14)
        found.push({ name: known && name.length > 70 ? known.name : name, issuer, ...dates, passage: passageOf(line) });
    }
  }
  return found;
}

function lineLooksLikeIssuer(name: string, lines: readonly PlacedLine[]): boolean {
  return (
    !lines.some((line) => line.bullet) &&
    /\b(?:association|institute|academy|council|alliance|university|college|microsoft|google|amazon|coursera|udemy|linkedin|red cross|ihk|tüv|dekra|society|board|foundation|pmi|cisco|oracle|scrum)\b/iu.test(
      name,
    )
  );
}

/** Certificates: the items under their heading, and well-known ones named elsewhere with their date. */
export function readCertifications(placed: readonly PlacedLine[], today: number): Certification[] {
  const own = linesAbout(placed, 'certifications');
  const found = fromSection(own, today);
  for (const line of placed) {
    if (
      own.includes(line) ||
      line.topics.includes('references') ||
      line.topics.includes('interests') ||
      isDrivingLicence(line.text)
    )
      continue;
    const plain = line.text;
    for (const { name, issuer, pattern } of CERTIFICATES) {
      const match = pattern.exec(plain);
      if (!match || found.some((one) => pattern.test(one.name))) continue;
      // "Journeyman Electrician" as what somebody is.
      if (titleScore(match[0]) > 0 && !/certif|zertifi/iu.test(plain)) continue;
      if (line.topics.includes('experience') && !/certif|zertifi/iu.test(plain) && !/^[A-Z]{3,}/.test(match[0]))
        continue;
      const near =
        plain.length < 120 && !line.topics.includes('experience')
          ? datesOf(plain, today)
          : { date: null, expires: null };
      found.push({ name, issuer, ...near, passage: passageOf(line) });
    }
  }
  const unique = new Map(found.map((one) => [one.name.toLowerCase(), one]));
  return [...unique.values()].slice(0, 60);
}

function stateOf(text: string): string | null {
  for (const name of STATE_NAMES) {
    if (new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'iu').test(text))
      return [...STATE_CODES.values()].find((state) => state.toLowerCase() === name) ?? null;
  }
  const code = /(?:^|[\s,(/:-])([A-Z]{2})(?=$|[\s,)/;#:-])/g;
  for (const match of text.matchAll(code)) {
    const state = STATE_CODES.get(match[1] ?? '');
    if (state && !['IN', 'OR', 'ME', 'PE', 'MD', 'MA', 'OK', 'HI', 'AB'].includes(match[1] ?? '')) return state;
    if (state && /licen[cs]e|state of/i.test(text)) return state;
  }
  return /\b(?:compact|multi-?state|NLC)\b/iu.test(text) ? 'Multistate (compact)' : null;
}

/** "License No." or "State of Ohio," at the edge of a narrow column, the number on the next line. */
function withNumbers(placed: readonly PlacedLine[]): PlacedLine[] {
  return placed.map((line, index) => {
    const next = placed[index + 1];
    const breaks = /(?:\b(?:no|nr|number|num|pin)\.?|#|:)$/iu.test(line.text);
    const goesOn = next?.section === line.section && next.page === line.page && !next.bullet;
    const isNumber = next !== undefined && /^#?\s*[A-Z]{0,4}[- ]?\d/u.test(next.text);
    const isRest =
      /,$/.test(line.text) &&
      next?.block === line.block &&
      linesAbout([line], 'licences').length > 0 &&
      !LICENCES.some(({ pattern }) => pattern.test(next.text));
    return goesOn && ((breaks && isNumber) || isRest) ? { ...line, text: `${line.text} ${next.text}` } : line;
  });
}

/** Licences to practise a profession, with state, number and expiry where given; never driving licences. */
export function readLicences(placed: readonly PlacedLine[], today: number): Licence[] {
  const found: Licence[] = [];
  const isHeaded = (line: PlacedLine) =>
    linesAbout([line], 'licences').length > 0 || linesAbout([line], 'certifications').length > 0;
  for (const line of withNumbers(placed)) {
    const headed = isHeaded(line);
    if (
      isDrivingLicence(line.text) ||
      isSensitive(line.text) ||
      line.topics.includes('references') ||
      line.text.length > 260
    )
      continue;
    if (
      !headed &&
      (line.topics.includes('experience') ||
        (line.topics.includes('education') && !/licen[cs]ed? |approbation|berufserlaubnis/iu.test(line.text)))
    )
      continue;
    const known = LICENCES.find(({ pattern }) => pattern.test(line.text));
    if (!known || !(linesAbout([line], 'licences').length > 0 || PRACTICE.test(line.text))) continue;
    if (
      !headed &&
      !/licen[cs]|registration|approbation|berufserlaubnis|compact|pin|#|admitted|staatlich|examiniert/iu.test(
        line.text,
      )
    )
      continue;
    const number = NUMBER.exec(line.text);
    const dates = datesOf(line.text.replace(number?.[0] ?? '\0', ' '), today);
    const licence: Licence = {
      type: known.name,
      state: stateOf(line.text),
      number: number?.[1] ?? number?.[2] ?? number?.[3] ?? null,
      expires: dates.expires,
      passage: passageOf(line),
    };
    const same = found.find(
      (one) =>
        one.type === licence.type && (one.state === licence.state || one.state === null || licence.state === null),
    );
    if (!same) found.push(licence);
    else {
      same.state ??= licence.state;
      same.number ??= licence.number;
      same.expires ??= licence.expires;
    }
  }
  return found.slice(0, 20);
}
