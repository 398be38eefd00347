import { MONTH_NAMES, PRESENT, SEASON_ENDS, SEASONS, SINCE, UNTIL } from './words.ts';

/** A month or year as written; `month` is `null` when only the year is given. */
export interface WrittenDate {
  year: number;
  month: number | null;
}

/** One date or period found in a text, with the place of its characters. */
export interface FoundDates {
  index: number;
  end: number;
  start: WrittenDate;
  /** `null` for a period that lasts; equal to `start` for a single date, its last month for a season. */
  finish: WrittenDate | null;
  kind: 'period' | 'single';
}

interface Point {
  index: number;
  end: number;
  date: WrittenDate | null;
  /** The date as end of a period, where it is another: a quarter or season ends with its last month. */
  asEnd?: WrittenDate;
  /** A month without a year ("March – June 2018"), a two-digit year, or a word for the present. */
  kind: 'date' | 'month' | 'short' | 'present';
  month?: number;
}

const names = (keys: Iterable<string>): string => [...keys].sort((a, b) => b.length - a.length).join('|');
const MONTH = `(?:${names(MONTH_NAMES.keys())})`;
const SEASON = `(?:${names(SEASONS.keys())})`;
const YEAR = '(?:19[4-9]\\d|20[0-4]\\d)';
const EDGE = '(?<![\\p{L}\\p{N}])';
const STOP = '(?![\\p{L}\\p{N}])';

const SOURCES = [
  `(?<isoYear>${YEAR})[-./](?<isoMonth>0[1-9]|1[0-2])[-./](?:0[1-9]|[12]\\d|3[01])`,
  `(?<day>\\d{1,2})(?<mark>[./-])(?<second>\\d{1,2})\\k<mark>(?<dayYear>${YEAR})`,
  `(?<spanYear>${YEAR})\\s?[/–-]\\s?(?<spanShort>\\d{2})(?![\\d./-])`,
  `(?<numericMonth>0?[1-9]|1[0-2])\\s?[./-]\\s?(?<numericYear>${YEAR})`,
  `(?<leadingYear>${YEAR})[.,]\\s*(?<trailingMonth>${MONTH})\\.?(?!\\s*(?:${YEAR}|\\d{1,2},|['’]?\\d{2}(?!\\d)))`,
  `(?<yearFirst>${YEAR})[-./](?<monthSecond>0?[1-9]|1[0-2])(?!\\d)`,
  `(?:(?:\\d{1,2})(?:st|nd|rd|th|er|\\.)?\\s+(?:de\\s+)?)?(?<monthName>${MONTH})\\.?,?\\s*(?:\\d{1,2}(?:st|nd|rd|th)?,\\s*)?(?:de\\s+|of\\s+|del\\s+)?[-/]?\\s?(?:(?<namedYear>${YEAR})|'(?<namedShort>\\d{2}))`,
  `(?<shortName>${MONTH})[-.\\s](?<shortNameYear>\\d{2})(?![\\d:.,])`,
  `(?<season>${SEASON})\\.?\\s+(?<seasonYear>${YEAR})(?:/\\d{2,4})?`,
  `(?<compactMonth>0?[1-9]|1[0-2])/(?<compactYear>\\d{2})(?!\\s?[/.\\d])`,
  `(?<loneMonth>${MONTH})\\.?(?=\\s*(?:[-–—−]|to|bis|à|a|al)\\s*(?:${MONTH}|\\d{1,2}[./]))`,
  `(?<rangeMonth>0?[1-9]|1[0-2])\\.?(?=\\s?[-–]\\s?(?:0?[1-9]|1[0-2])\\s?[./]\\s?${YEAR})`,
  `(?<year>${YEAR})`,
  `'(?<apostropheYear>\\d{2})`,
  `(?<present>${PRESENT})`,
];
const POINT = new RegExp(`${EDGE}(?:${SOURCES.join('|')})${STOP}`, 'giu');
const SLASHED = new RegExp(`(?<!\\d)(\\d{1,2})[/-](\\d{1,2})[/-]${YEAR}(?!\\d)`, 'g');
/** Behind a year in Russian, Ukrainian and Hungarian: "2019 г.", "2019 року". */
const YEAR_WORD = '(?:\\s*(?:гг?\\.|года?|рр?\\.|року|\\.))?';
const BETWEEN = new RegExp(
  `^${YEAR_WORD}\\)?\\s*,?\\s*(?:[-‐‑–—―‒−~→>]+|to|until|till|up to|through|thru|bis(?:\\s+zum|\\s+einschließlich)?|à|au|jusqu'à|jusqu'en|a|al|hasta|até|fino a|fino ad?|ad?|tot(?:\\s+en\\s+met)?|t\\/m|do|till|tills|til|and|und|${UNTIL})\\s*,?\\s*\\(?$`,
  'iu',
);
const OPEN_END = /^\s*(?:[-‐‑–—−]+|bis|to)\s*(?:$|[)|\t;])/u;
const OPENING = new RegExp(`${EDGE}${SINCE}\\s*:?\\s*$`, 'iu');

function fullYear(short: string, today: number): number {
  const value = Number(short);
  return value <= (today + 8) % 100 ? 2000 + value : 1900 + value;
}

type Order = 'day first' | 'month first' | null;

/** Which comes first in the days of this text (`28/02/2019`, `02/28/2019`), as far as one of them shows it. */
function orderOf(text: string): Order {
  for (const [, first = '', second = ''] of text.matchAll(SLASHED)) {
    if (Number(first) > 12 && Number(second) <= 12) return 'day first';
    if (Number(second) > 12 && Number(first) <= 12) return 'month first';
  }
  return null;
}

/** Of a day written in digits, the month. Nothing else showing it, the 1 is the day: positions begin on the first. */
function monthOfDay(first: number, second: number, mark: string, order: Order): number | null {
  const dayFirst = mark === '.' || order === 'day first' || first > 12 || (order === null && first === 1);
  const month = dayFirst && !(order === 'month first' && mark !== '.') ? second : first;
  return month >= 1 && month <= 12 ? month : null;
}

function pointsOf(match: RegExpExecArray, today: number, order: Order): Point[] {
  const groups = match.groups ?? {};
  const index = match.index;
  const end = index + match[0].length;
  const dated = (year: number, month: number | null): Point[] => [{ index, end, kind: 'date', date: { year, month } }];
  const named = (name: string | undefined): number | null => MONTH_NAMES.get((name ?? '').toLowerCase()) ?? null;
  if (groups.isoYear) return dated(Number(groups.isoYear), Number(groups.isoMonth));
  if (groups.dayYear) {
    const month = monthOfDay(Number(groups.day), Number(groups.second), groups.mark ?? '', order);
    return dated(Number(groups.dayYear), month);
  }
  if (groups.spanYear) return spanPoints(match, Number(groups.spanYear), groups.spanShort ?? '');
  if (groups.numericYear) return dated(Number(groups.numericYear), Number(groups.numericMonth));
  if (groups.yearFirst) return dated(Number(groups.yearFirst), Number(groups.monthSecond));
  if (groups.leadingYear) return dated(Number(groups.leadingYear), named(groups.trailingMonth));
  if (groups.namedYear) return dated(Number(groups.namedYear), named(groups.monthName));
  if (groups.namedShort) return dated(fullYear(groups.namedShort, today), named(groups.monthName));
  if (groups.shortNameYear) return dated(fullYear(groups.shortNameYear, today), named(groups.shortName));
  if (groups.seasonYear) {
    const season = (groups.season ?? '').toLowerCase();
    const [point] = dated(Number(groups.seasonYear), SEASONS.get(season) ?? null);
    const last = SEASON_ENDS.get(season);
    return point ? [last ? { ...point, asEnd: { year: Number(groups.seasonYear), month: last } } : point] : [];
  }
  if (groups.compactYear) {
    return [
      {
        index,
        end,
        kind: 'short',
        date: { year: fullYear(groups.compactYear, today), month: Number(groups.compactMonth) },
      },
    ];
  }
  const lone = named(groups.loneMonth) ?? (groups.rangeMonth ? Number(groups.rangeMonth) : null);
  if (lone) return [{ index, end, kind: 'month', date: null, month: lone }];
  if (groups.year) return dated(Number(groups.year), null);
  if (groups.apostropheYear) {
    return [{ index, end, kind: 'short', date: { year: fullYear(groups.apostropheYear, today), month: null } }];
  }
  return [{ index, end, kind: 'present', date: null }];
}

/** `2015-18` and `1998–02` are periods; `2019-03` is a month, and so is `2010-12` before another date. */
function spanPoints(match: RegExpExecArray, year: number, short: string): Point[] {
  const { index } = match;
  const end = index + match[0].length;
  const value = Number(short);
  const later = Math.floor(year / 100) * 100 + value + (value < year % 100 ? 100 : 0);
  const followed = /^\s*(?:[-‐‑–—→>]+|to|bis)\s*(?:\d{4}[-/]\d{2}|\p{L})/u.test(match.input.slice(end));
  const preceded = /\d{4}[-/]\d{2}\s*(?:[-‐‑–—→>]+|to|bis)\s*$/u.test(match.input.slice(0, index));
  const couldBeMonth = value >= 1 && value <= 12 && !match[0].includes('–');
  if (couldBeMonth && (short.startsWith('0') || followed || preceded || later - year > 12 || later <= year)) {
    return [{ index, end, kind: 'date', date: { year, month: value } }];
  }
  const first: Point = { index, end: index + 4, kind: 'date', date: { year, month: null } };
  return later - year > 30
    ? [first]
    : [first, { index: end - 2, end, kind: 'date', date: { year: later, month: null } }];
}

function scan(text: string, today: number): Point[] {
  const points: Point[] = [];
  const order = orderOf(text);
  POINT.lastIndex = 0;
  for (let match = POINT.exec(text); match; match = POINT.exec(text)) {
    points.push(...pointsOf(match, today, order));
    if (match[0] === '') POINT.lastIndex += 1;
  }
  return points;
}

function joined(text: string, first: Point, second: Point): boolean {
  const between = text.slice(first.end, second.index);
  if (BETWEEN.test(between)) return !/^\s*(?:and|und)\s*$/iu.test(between) || second.kind === 'present';
  // Two cells of a table, "from" and "to".
  if (between === '\t') return first.date !== null && (second.kind === 'present' || second.date !== null);
  // `2018/19`: the years touch.
  if (/^\s?[/–-]\s?$/.test(between)) return first.date !== null && second.date !== null;
  return second.kind === 'present' && /^\s*\(?$/.test(between) && first.date !== null;
}

function period(first: Point, second: Point): Pick<FoundDates, 'start' | 'finish'> | null {
  if (second.kind === 'present') return first.date ? { start: first.date, finish: null } : null;
  if (!second.date) return null;
  const finish = second.asEnd ?? second.date;
  const start = first.date ?? (first.month ? { year: finish.year, month: first.month } : null);
  if (!start) return null;
  const backwards =
    start.year > finish.year || (start.year === finish.year && (start.month ?? 0) > (finish.month ?? 12));
  return backwards ? null : { start, finish };
}

/**
 * Dates and periods of a line, in their order: names of months in twenty languages, numeric forms, seasons,
 * "since 2019", "2018 – present", open ends.
 *
 * @param today The current year: tells `'98` from `'18`.
 */
export function findDates(text: string, today: number): FoundDates[] {
  const points = scan(text, today);
  const found: FoundDates[] = [];
  for (let place = 0; place < points.length; place += 1) {
    const point = points[place];
    const next = points[place + 1];
    if (!point) continue;
    const span = next && joined(text, point, next) ? period(point, next) : null;
    if (span && next) {
      found.push({ index: point.index, end: next.end, kind: 'period', ...span });
      place += 1;
      continue;
    }
    if (!point.date) continue;
    const open = OPEN_END.exec(text.slice(point.end));
    const opening = OPENING.exec(text.slice(0, point.index));
    if (open || opening) {
      const end = open ? point.end + open[0].replace(/[)|\t;]$/, '').length : point.end;
      found.push({
        index: opening ? opening.index : point.index,
        end,
        kind: 'period',
        start: point.date,
        finish: null,
      });
    } else if (point.kind === 'date') {
      const finish = point.asEnd ?? point.date;
      found.push({ index: point.index, end: point.end, kind: 'single', start: point.date, finish });
    }
  }
  return found;
}
