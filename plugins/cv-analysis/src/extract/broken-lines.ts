import { findDates } from './dates/find-dates.ts';
import type { Line } from './line.ts';

/** What a line breaks off with before the end of its period: "Jan 2019 –", "maart 2011 tot oktober". */
const BROKEN =
  /(?:[-‐‑–—]|\b(?:to|until|till|tills|til|bis|à|a|ad|al|au|hasta|fino a|tot|t\/m|do|até))(?:\s+(?:\p{L}{3,12}\.?|q[1-4]))?$/iu;
/** What may stand before the period: "da settembre 2019 ad". */
const LEADING = /^(?:from|von|vom|de|du|depuis|da|dal|van|od|från|desde)\s+/iu;
const LONGEST_START = 34;
const LONGEST_END = 16;

/** The period that the end of a line and the start of the next one make up together, and nothing but it. */
function brokenPeriod(start: string, end: string): string | null {
  if (start.length > LONGEST_START || end.length > LONGEST_END || !BROKEN.test(start)) return null;
  const joined = `${start} ${end}`;
  const [period, ...others] = findDates(joined, 9999);
  const opening = LEADING.exec(joined)?.[0].length ?? 0;
  const whole = period?.kind === 'period' && period.index <= opening && period.end === joined.length;
  return whole && others.length === 0 ? joined : null;
}

/**
 * Periods broken at the edge of their column: "Jan 2019 –⇥Director" above "Present⇥Acme Ltd", or
 * "Director⇥Jan 2019 –" above "Present".
 */
export function joinPeriods(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const [start = '', ...titles] = before?.text.split('\t') ?? [];
    const [end = '', ...others] = line.text.split('\t');
    const first = before && brokenPeriod(start, end);
    if (before && first) {
      joined[joined.length - 1] = { ...before, text: [first, ...titles].join('\t') };
      // What stands beside the end of the period begins somewhere right of it.
      const left = (line.width * (end.length + 1)) / line.text.length;
      const beside = { x: line.x + left, width: line.width - left };
      if (others.length > 0) joined.push({ ...line, ...beside, text: others.join('\t') });
      continue;
    }
    const short = others.length === 0 && line.text.length <= LONGEST_END;
    const last = before && short ? lastDatesOf(before.text) : null;
    const wrapped = before && last ? brokenPeriod(last, line.text) : null;
    if (before && last && wrapped) {
      const head = before.text.slice(0, -last.length).trim();
      joined[joined.length - 1] = { ...before, text: `${head}\t${wrapped}` };
    } else joined.push(line);
  }
  return joined;
}

/** The dates with which a line ends, behind something else. */
function lastDatesOf(text: string): string | null {
  const from = findDates(text, 9999).at(-1)?.index ?? 0;
  return from > 0 ? text.slice(from) : null;
}

/** A name that breaks off: at a hyphen, or before what has to follow ("Construcciones Metálicas del"). */
const OPEN_NAME =
  /(?:\p{L}-|\s(?:&|and|of|for|the|und|für|der|des|von|im|et|de|du|des|la|le|les|del|de la|y|e|di|della|delle|dei|da|do|dos|en|van|voor|i|w|och|för))$/iu;
/** A legal form that stands below the name it belongs to. */
const LEGAL_FORM =
  /^(?:KG|AG|GmbH|mbH|SE|Co\.|& Co|S\.\s?A\.|S\.\s?L\.|S\.r\.l|Ltd|Inc|LLC|PLC|B\.V\.|N\.V\.|Sp\. z)(?![\p{L}\d])/u;
/** What stands beside dates starts at least this much further right (in points). */
const BESIDE_DATES = 30;
/** Columns this narrow (in points) break the names of employers and schools. */
const NARROW = 230;

/** Whether a line goes on with the cell that stands beside the dates of the line above. */
function goesOnBesideDates(line: Line, before: Line): boolean {
  if (!before.text.includes('\t') || line.text.includes('\t') || line.x - before.x < BESIDE_DATES) return false;
  if (findDates(before.text, 9999)[0]?.index !== 0) return false;
  return OPEN_NAME.test(before.text) || before.text.endsWith(',') || LEGAL_FORM.test(line.text);
}

/** "British Gas Services, Stoke-on-" above "Trent": names broken at the edge of a narrow column. */
export function joinNames(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const goesOn =
      before !== undefined &&
      before.width > 0 &&
      before.width < NARROW &&
      before.block === line.block &&
      before.bold === line.bold &&
      !before.bullet &&
      !line.bullet &&
      ((Math.abs(before.x - line.x) < 2 && OPEN_NAME.test(before.text)) || goesOnBesideDates(line, before)) &&
      /^[\p{Lu}&]/u.test(line.text) &&
      `${before.text}${line.text}`.length < 110 &&
      findDates(line.text, 9999)[0]?.index !== 0;
    if (goesOn) {
      const text = `${before.text}${before.text.endsWith('-') ? '' : ' '}${line.text}`;
      const width = Math.max(before.width, line.width);
      joined[joined.length - 1] = { ...before, text, width, links: [...before.links, ...line.links] };
    } else joined.push(line);
  }
  return joined;
}

/** Cells of a table start this much further right (in points) than the first one. */
const CELL = 40;

/** "2011 – 2019⇥Spedition Hellmann⇥Driver" above "KG, Osnabrück⇥Tours": the middle cell goes on below itself. */
export function joinCells(lines: readonly Line[]): Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const [dates = '', name = '', title, ...others] = before?.text.split('\t') ?? [];
    const [rest = '', ...beside] = line.text.split('\t');
    const [period] = findDates(dates, 9999);
    const goesOn =
      before !== undefined &&
      title !== undefined &&
      others.length === 0 &&
      period !== undefined &&
      dates.length - (period.end - period.index) < 4 &&
      before.block === line.block &&
      line.width > 0 &&
      !line.bullet &&
      line.x - before.x > CELL &&
      line.x < before.x + before.width / 2 &&
      beside.length < 2;
    if (!goesOn) {
      joined.push(line);
      continue;
    }
    const whole = `${name}${name.endsWith('-') ? '' : ' '}${rest}`;
    joined[joined.length - 1] = { ...before, text: [dates, whole, title].join('\t') };
    if (beside.length > 0) joined.push({ ...line, text: beside.join('\t') });
  }
  return joined;
}
