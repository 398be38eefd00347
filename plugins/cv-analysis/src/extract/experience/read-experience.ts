import {
  gapsBetween,
  type MonthSpan,
  monthSpan,
  monthsOf,
  partialDate,
  type Today,
  totalMonths,
} from '../dates/calendar.ts';
import { passageOf } from '../lines.ts';
import { linesAbout, type PlacedLine } from '../sections/split-sections.ts';
import { clip } from '../text-cleaning.ts';
import type { ExperienceEntry, ExperienceGap } from '../types.ts';
import { findPositions, type RawPosition } from './find-positions.ts';
import { titleScore } from './position-words.ts';

/** A position with what later steps need of it. */
export interface Position {
  entry: ExperienceEntry;
  span: MonthSpan | null;
  raw: RawPosition;
}

export interface Experience {
  positions: Position[];
  months: number;
  gaps: ExperienceGap[];
}

const LEAST_GAP = 3;
const DEGREE_OR_SCHOOL =
  /\b(?:b\.?\s?sc|m\.?\s?sc|b\.?a\.?|m\.?a\.?|bachelor|master|diplom|ph\.?d|degree|university|universität|université|universidad|college|hochschule|high school|gymnasium|abitur|realschule|lycée|bac(?:calauréat)?|graduat|thesis|gpa|promotion)\b/iu;

function describe(lines: readonly PlacedLine[]): string[] {
  const items: string[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    const goesOn =
      before &&
      !line.bullet &&
      before.block === line.block &&
      items.length > 0 &&
      !line.label &&
      before.full &&
      (before.bullet || /^\p{Ll}/u.test(line.text) || !/[.:;]$/.test(before.text));
    if (goesOn) items[items.length - 1] = `${items.at(-1)} ${line.text}`;
    else items.push(line.text);
  }
  return items.slice(0, 40).map((item) => clip(item, 500));
}

const WITHOUT_EMPLOYER =
  /\b(?:freelanc\p{L}*|self-employed|freiberuflich\p{L}*|selbst(?:st)?ändig\p{L}*|indépendant\p{L}*|autónom\p{L}*|career break|sabbatical|parental|elternzeit|founder|owner)\b/iu;

/** Times without work that CVs name among the positions. */
const BREAK =
  /(?<!\p{L})(?:career break|(?:maternity|paternity|parental|family|adoption|carer'?s) leave|sabbatical|gap year|elternzeit|mutterschutz|familienzeit|pflegezeit|arbeit(?:s)?suchend|congé (?:de )?(?:maternité|paternité|parental)|année sabbatique|baja (?:por )?maternidad|excedencia|urlop (?:macierzyński|rodzicielski|wychowawczy)|zwangerschapsverlof|ouderschapsverlof|congedo (?:di )?(?:maternità|parentale)|licença (?:de )?maternidade)(?!\p{L})/iu;

function isBreak({ head, headLines }: RawPosition): boolean {
  const named = BREAK.exec(headLines.map((line) => line.text).join('\n'))?.[0];
  return named !== undefined && titleScore((head.title ?? '').replace(BREAK, '')) === 0;
}

/** In a list of several roles with one employer, only the first names it: later ones take it over. */
function inheritCompanies(raws: readonly RawPosition[]): void {
  raws.forEach(({ head }, index) => {
    const before = raws[index - 1]?.head;
    if (head.company !== null || head.title === null || !before?.company || WITHOUT_EMPLOYER.test(head.title)) return;
    head.company = before.company;
    head.location ??= before.location;
  });
}

function toPosition(raw: RawPosition, today: Today): Position {
  const { head } = raw;
  const { start, finish } = raw.dates;
  const span = monthSpan(start, finish, today);
  const last = finish ?? { year: today.year, month: today.month };
  const isCurrent =
    finish === null || last.year > today.year || (last.year === today.year && (last.month ?? 0) > today.month);
  const line = raw.headLines[0];
  return {
    raw,
    span: monthsOf(span) > 0 ? span : null,
    entry: {
      title: head.title === null ? null : clip(head.title, 160),
      company: head.company === null ? null : clip(head.company, 160),
      location: head.location,
      start: partialDate(start),
      end: finish === null ? null : partialDate(finish),
      isCurrent,
      months: monthsOf(span),
      description: [...(raw.tail === '' ? [] : [clip(raw.tail, 500)]), ...describe(raw.description)],
      skills: [],
      passage: line
        ? { ...passageOf(line), text: clip(raw.headLines.map((one) => one.text).join(' · '), 240) }
        : { text: '', page: 1, line: 1 },
    },
  };
}

function fromSection(lines: readonly PlacedLine[], today: Today): Position[] {
  const raws = findPositions(lines, today.year).filter((raw) => !isBreak(raw));
  inheritCompanies(raws);
  return raws.map((raw) => toPosition(raw, today));
}

function headText(raw: RawPosition): string {
  return raw.headLines.map((line) => line.text.replace(raw.tail, '')).join(' ');
}

/** Without an experience heading: dated lines that read like positions and not like studies. */
function withoutSection(lines: readonly PlacedLine[], today: Today): Position[] {
  const open = lines.filter(
    (line) => line.topics.length === 0 || line.topics.includes('summary') || line.topics.includes('other'),
  );
  return fromSection(open, today).filter(({ raw, entry }) => {
    const head = headText(raw);
    return raw.dates.kind === 'period' && !DEGREE_OR_SCHOOL.test(head) && titleScore(entry.title ?? '') > 0;
  });
}

/** The positions of a CV, the latest first as far as the CV orders them, and how long they lasted in all. */
export function readExperience(placed: readonly PlacedLine[], today: Today): Experience {
  const own = placed.filter((line) => line.topics.includes('experience') || line.label?.includes('experience'));
  const sections = Map.groupBy(own, (line) => line.section);
  let positions = [...sections.values()].flatMap((lines) => fromSection(lines, today));
  // "Work experience & education" in one list.
  const mixed = new Set(linesAbout(placed, 'education').map((line) => line.section));
  positions = positions.filter(
    (position) =>
      !(
        mixed.has(position.raw.headLines[0]?.section ?? -1) &&
        DEGREE_OR_SCHOOL.test(headText(position.raw)) &&
        titleScore(position.entry.title ?? '') === 0
      ),
  );
  if (positions.length === 0) positions = withoutSection(placed, today);
  const spans = positions.flatMap((position) => (position.span ? [position.span] : []));
  // A year alone may mean any of its months: a gap is one only if it is there at the latest end.
  const latest = positions.flatMap(({ span, raw: { dates } }) =>
    span
      ? [dates.finish?.month === null ? { from: span.from, to: Math.max(span.to, (dates.finish.year + 1) * 12) } : span]
      : [],
  );
  return { positions, months: totalMonths(spans), gaps: gapsBetween(latest, LEAST_GAP) };
}

const NUMBER_WORDS =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );
const STATED = new RegExp(
  `(?<![\\p{L}\\d.])(\\d{1,2}(?:[.,]\\d)?|${NUMBER_WORDS.join('|')})\\s*\\+?\\s*(?:\\(\\d+\\)\\s*)?(?:years?|yrs?|jahren?|jährige?r?|ans|años)['’]?\\s+(?:of\\s+|an\\s+|d['e]\\s?|de\\s+)?(?:[\\p{L}/&,-]+\\s+){0,5}?(?:experience|erfahrung|berufserfahrung|expérience|experiencia)`,
  'iu',
);

/** "12 years of experience" in the author's own words, in months. */
export function statedMonths(placed: readonly PlacedLine[]): number | null {
  const text = placed
    .filter((line) => line.topics.length === 0 || line.topics.includes('summary') || line.topics.includes('experience'))
    .map((line) => line.text)
    .join(' ');
  const value = STATED.exec(text)?.[1]?.toLowerCase().replace(',', '.');
  if (value === undefined) return null;
  const spelled = NUMBER_WORDS.indexOf(value);
  const years = spelled >= 0 ? spelled + 1 : Number(value);
  return years > 0 && years <= 50 ? Math.round(years * 12) : null;
}
