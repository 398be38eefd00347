import { partialDate, type Today } from '../dates/calendar.ts';
import { findDates } from '../dates/find-dates.ts';
import { passageOf } from '../lines.ts';
import { readPlace } from '../places.ts';
import { linesAbout, type PlacedLine } from '../sections/split-sections.ts';
import { clip } from '../text-cleaning.ts';
import { EDUCATION_LEVELS, type EducationEntry, type EducationLevel } from '../types.ts';
import { postNominalLevel, readDegree } from './degrees.ts';
import { type Draft, withoutDates } from './draft.ts';
import { fieldOf } from './field.ts';
import { institutionIn, levelOfSchool, SCHOOL, segments } from './schools.ts';

const GRADE =
  /\b(?:gpa|cgpa|grade(?=\s*[:=])|note|abschlussnote|gesamtnote|durchschnitt|final grade|mention|nota media|nota)\s*[:=]?\s*((?:\d{1,2}(?:[.,]\d{1,2})?(?:\s*\/\s*\d{1,3}(?:[.,]\d)?)?\s?%?)|(?:très bien|bien|assez bien|sehr gut|gut|distinction|merit|A\+?|B\+?))|\b(first[- ]class honou?rs|second[- ]class(?: upper| lower)?(?: honou?rs)?|upper second(?:[- ]class)?|2[:.]1(?= honou?rs|\))|summa cum laude|magna cum laude|cum laude|with distinction|with honou?rs|mention (?:très bien|bien|assez bien))/iu;
const PROGRESS =
  /\b(?:expected|anticipated|in progress|ongoing|currently (?:enrolled|pursuing|studying)|pursuing|candidate|voraussichtlich|laufend|angestrebt|en cours|en curso|prévu|previsto|to be completed|graduating)\b/iu;
const COURSEWORK =
  /^(?:relevant )?(?:coursework|courses|modules|thesis|dissertation|focus|schwerpunkte?|thema|activities|awards|honors|minor|abschlussarbeit|bachelorarbeit|masterarbeit|mémoire|vertiefung|studienschwerpunkt)\b/iu;

/** A school that no word gives away: what is left of the entry besides degree, subject, place and grade. */
function guessInstitution(draft: Draft, field: string | null, today: number): string | null {
  const { degree } = draft;
  if (!degree) return null;
  const left = draft.lines
    .filter((line) => !line.bullet && line.text.length < 120 && !COURSEWORK.test(line.text))
    .flatMap((line) => segments(withoutDates(line.text, today)))
    .filter(
      (part) =>
        !part.includes(degree.name) &&
        !GRADE.test(part) &&
        !readPlace(part) &&
        !PROGRESS.test(part) &&
        !(field && (part.includes(field) || field.includes(part))),
    )
    .filter(
      (part) =>
        /^[\p{Lu}\p{Lo}]/u.test(part) &&
        part.split(' ').length <= 7 &&
        /\p{L}{3}/u.test(part) &&
        !/^(?:hons?|honou?rs|degree|major|minor|class|grade|level)\b/iu.test(part),
    );
  return left[0] ? clip(left[0], 120) : null;
}

function datesIn(text: string, today: number): Draft['dates'] {
  const found = findDates(text, today);
  const period = found.find((dates) => dates.kind === 'period');
  if (period) return { start: period.start, end: period.finish, open: period.finish === null };
  const last = found.at(-1);
  return last ? { start: null, end: last.start, open: false } : null;
}

function isNew(
  draft: Draft,
  line: PlacedLine,
  degree: Draft['degree'],
  institution: string | null,
  dates: Draft['dates'],
): boolean {
  if (COURSEWORK.test(line.text)) return false;
  const filled = [degree && draft.degree, institution && draft.institution, dates && draft.dates].filter(
    Boolean,
  ).length;
  if (filled > 0 && (degree || institution || line.bold)) return true;
  return Boolean(dates && draft.dates && (draft.degree || draft.institution));
}

/** The degree a line names, apart from what is only the name of its school. */
function degreesIn(
  named: ReturnType<typeof readDegree>,
  text: string,
  institution: string | null,
): Pick<Draft, 'degree' | 'ofSchool'> {
  if (named === null) return { degree: null, ofSchool: null };
  if (!institution?.includes(named.name)) return { degree: { ...named, text }, ofSchool: null };
  const rest = text.replace(institution, ' ');
  const own = readDegree(rest);
  return own ? { degree: { ...own, text: rest }, ofSchool: null } : { degree: null, ofSchool: { ...named, text } };
}

function drafts(lines: readonly PlacedLine[], today: number): Draft[] {
  const all: Draft[] = [];
  for (const line of lines) {
    if (line.label && !line.label.includes('education')) continue;
    const plain = withoutDates(line.text, today);
    const course = COURSEWORK.test(line.text);
    const named = course || line.text.length > 200 ? null : readDegree(plain);
    const institution = course || line.text.length > 200 ? null : institutionIn(plain);
    const dates = course ? null : datesIn(line.text, today);
    const open = all.at(-1);
    const { degree, ofSchool } = degreesIn(named, plain, institution);
    if (!open || isNew(open, line, degree, institution, dates)) {
      // Dates standing above their degree open a new entry as well; prose before the first degree does not.
      if (degree || institution || (dates && line.text.length < 60)) {
        all.push({ lines: [line], degree, ofSchool, institution, dates });
        continue;
      }
    }
    if (!open) continue;
    open.lines.push(line);
    open.degree ??= degree;
    open.ofSchool ??= ofSchool;
    open.institution ??= institution;
    open.dates ??= dates;
  }
  return all
    .map((draft) => withUnknownDegree({ ...draft, degree: draft.degree ?? draft.ofSchool }, today))
    .filter((draft) => draft.degree || draft.institution);
}

/** Below a heading of studies a period with two names is one, though nobody knows them: what was learnt, then where. */
function withUnknownDegree(draft: Draft, today: number): Draft {
  if (draft.degree || draft.institution || !draft.dates?.start) return draft;
  const [degree, institution] = draft.lines
    .filter((line) => !line.bullet && line.text.length < 120)
    .flatMap((line) => segments(withoutDates(line.text, today)))
    .filter((part) => /^[\p{Lu}\p{Lo}].*\p{L}{2}/u.test(part) && !readPlace(part));
  return degree !== undefined && institution !== undefined
    ? { ...draft, degree: { name: degree, text: degree, level: null, index: 0 }, institution }
    : draft;
}

function toEntry(draft: Draft, today: Today): EducationEntry {
  const first = draft.lines[0];
  const text = draft.lines.map((line) => line.text).join('\n');
  const end = draft.dates?.end ?? null;
  const future = end !== null && (end.year > today.year || (end.year === today.year && (end.month ?? 0) > today.month));
  const grade = GRADE.exec(text);
  const degreeText = draft.degree
    ? segments(draft.degree.text).find((part) => draft.degree && part.includes(draft.degree.name))
    : undefined;
  const level = draft.degree?.level ?? (draft.institution ? levelOfSchool(draft.institution) : null);
  const field =
    level === 'secondary' && !/ausbildung|lehre|umschulung|bac|cap|bep|técnico|vocational/iu.test(text)
      ? null
      : fieldOf(draft, today.year);
  return {
    institution: draft.institution ?? guessInstitution(draft, field, today.year),
    degree: degreeText ? clip(degreeText, 140) : (draft.degree?.name ?? null),
    level,
    field,
    start: draft.dates?.start ? partialDate(draft.dates.start) : null,
    end: end ? partialDate(end) : null,
    inProgress: (draft.dates?.open ?? false) || future || PROGRESS.test(text),
    grade: grade ? clip(grade[1] ?? grade[2] ?? '', 40) : null,
    passage: first
      ? {
          ...passageOf(first),
          text: clip(
            draft.lines
              .slice(0, 3)
              .map((line) => line.text)
              .join(' · '),
            240,
          ),
        }
      : { text: '', page: 1, line: 1 },
  };
}

/** Schools, degrees and courses of study; from anywhere in the CV when it has no education heading. */
export function readEducation(placed: readonly PlacedLine[], today: Today): EducationEntry[] {
  const sections = Map.groupBy(linesAbout(placed, 'education'), (line) => line.section);
  const inSections = [...sections.values()].flatMap((lines) => drafts(lines, today.year));
  if (inSections.length > 0) return inSections.map((draft) => toEntry(draft, today));
  const loose = placed.filter(
    (line) =>
      !line.bullet &&
      line.text.length < 160 &&
      !line.topics.includes('references') &&
      readDegree(line.text) &&
      (SCHOOL.test(line.text) || findDates(line.text, today.year).length > 0 || line.topics.length === 0),
  );
  return drafts(
    loose.filter((line) => line.topics.length === 0 || SCHOOL.test(line.text)),
    today.year,
  )
    .filter((draft) => draft.degree && (draft.institution || draft.dates))
    .map((draft) => toEntry(draft, today));
}

/** One level below: what entry to a course of study takes. */
function prerequisite(level: EducationLevel): EducationLevel {
  if (level === 'doctorate') return 'master';
  return level === 'master' ? 'bachelor' : level === 'bachelor' || level === 'associate' ? 'secondary' : 'none';
}

function rank(level: EducationLevel): number {
  return EDUCATION_LEVELS.indexOf(level);
}

/**
 * The highest level reached. A course not yet finished counts as the level needed to begin it. Degrees behind the name
 * count as finished.
 *
 * @param head Text of the CV's head.
 */
export function highestLevel(entries: readonly EducationEntry[], head: string): EducationLevel | null {
  const levels = entries.flatMap((entry) =>
    entry.level ? [entry.inProgress ? prerequisite(entry.level) : entry.level] : [],
  );
  const named = postNominalLevel(head);
  const all = named ? [...levels, named] : levels;
  return all.reduce<EducationLevel | null>(
    (top, level) => (top === null || rank(level) > rank(top) ? level : top),
    null,
  );
}
