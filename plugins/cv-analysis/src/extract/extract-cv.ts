import type { ExtractedDocument } from '@bazaar/sdk';
import { readContact } from './contact/read-contact.ts';
import { readCertifications, readLicences } from './credentials.ts';
import { type MonthSpan, type Today, totalMonths } from './dates/calendar.ts';
import { highestLevel, readEducation } from './education/read-education.ts';
import { titleScore } from './experience/position-words.ts';
import { type Position, readExperience, statedMonths } from './experience/read-experience.ts';
import { readLanguages } from './languages.ts';
import { type Line, linesOf } from './lines.ts';
import { linesAbout, type PlacedLine, splitSections } from './sections/split-sections.ts';
import { isSensitive, withoutSensitive } from './sensitive.ts';
import { findSkills, type SkillHit } from './skills/find-skills.ts';
import { cleanText, clip } from './text-cleaning.ts';
import type { CvData, EducationEntry } from './types.ts';

const MOST_HIDDEN = 400;

function prose(lines: readonly PlacedLine[], length: number): string | null {
  const text = lines
    .filter((line) => !isSensitive(line.text))
    .map((line) => line.text)
    .join(' ');
  return text === '' ? null : clip(text, length);
}

/** "Doe, J., Java, M. (2021). Iron rust on hulls": before the year stand names, of which some are also skills. */
const AUTHORS =
  /^(?:\p{Lu}[\p{L}'-]+,\s*(?:\p{Lu}\.[ -]?)+(?:,?\s*(?:&|and|und|et|y)\s+|[,;]\s*)?)+(?:,?\s*et al\.?)?\s*\((?=(?:19|20)\d\d)/u;

/** Lines in which skills may be named: not the names of employers and schools, not hobbies, not referees. */
function skillLines(
  placed: readonly PlacedLine[],
  positions: readonly Position[],
  education: readonly EducationEntry[],
  name: string | null,
): PlacedLine[] {
  const heads = new Map(
    positions.flatMap(({ raw, entry }) =>
      raw.headLines.map((line): [PlacedLine, [string | null, string]] => [line, [entry.title, raw.tail]]),
    ),
  );
  const schools = new Set(education.flatMap((entry) => [`${entry.passage.page}:${entry.passage.line}`]));
  return placed.flatMap((line) => {
    if (line.topics.includes('references') || line.topics.includes('interests')) return [];
    if (name !== null && line.text.toLowerCase().startsWith(name.toLowerCase()) && line.text.length < name.length + 4)
      return [];
    const head = heads.get(line);
    if (head) {
      const text = head.filter((part) => part !== null && part !== '' && line.text.includes(part)).join('. ');
      return text === '' ? [] : [{ ...line, text }];
    }
    if (line.topics.includes('education') && schools.has(`${line.page}:${line.line}`)) return [];
    const text = withoutSensitive(line.text).replace(AUTHORS, '(');
    return text === '' ? [] : [text === line.text ? line : { ...line, text }];
  });
}

/** Credits each skill with the months of the positions that name it. */
function creditMonths(hits: readonly SkillHit[], positions: readonly Position[]): void {
  const owner = new Map<string, Position>();
  for (const position of positions) {
    for (const line of [...position.raw.headLines, ...position.raw.description])
      owner.set(`${line.page}:${line.line}`, position);
  }
  for (const { skill, lines } of hits) {
    const used = new Set(
      lines
        .map((line) => owner.get(`${line.page}:${line.line}`))
        .filter((position): position is Position => position !== undefined),
    );
    skill.months = totalMonths(
      [...used].map((position) => position.span).filter((span): span is MonthSpan => span !== null),
    );
    for (const position of used) position.entry.skills.push(skill.name);
  }
}

function currentRole(positions: readonly Position[]): CvData['currentRole'] {
  const latest = positions
    .filter(({ entry }) => entry.isCurrent)
    .reduce<Position | null>((top, one) => (!top || (one.span?.from ?? 0) > (top.span?.from ?? 0) ? one : top), null);
  return latest && (latest.entry.title || latest.entry.company)
    ? { title: latest.entry.title, company: latest.entry.company }
    : null;
}

/** The line below the name that says what the person is. */
function headlineOf(placed: readonly PlacedLine[], name: string | null): string | null {
  const head = placed.filter((line) => line.topics.length === 0 && line.page === 1).slice(0, 12);
  const line = head.find(
    (one) =>
      !/@|\d{5}/.test(one.text) && one.text.length < 140 && titleScore(one.text.split(/\s*[|•·\t]\s*/)[0] ?? '') > 0,
  );
  if (!line) return null;
  const bare =
    name && line.text.toLowerCase().startsWith(name.toLowerCase())
      ? line.text.slice(name.length).replace(/^[\s,|–—•·-]+/, '')
      : line.text;
  return bare === '' ? null : clip(bare, 140);
}

function yearOfPassing(education: readonly EducationEntry[]): number | null {
  const years = education.flatMap((entry) => (entry.end && !entry.inProgress ? [Number(entry.end.slice(0, 4))] : []));
  return years.length > 0 ? Math.max(...years) : null;
}

/** Key words in the colour of the paper and the like: for people to judge, without sensitive attributes. */
function hiddenText({ pages }: ExtractedDocument): Pick<CvData, 'hiddenText'> {
  const texts = pages.flatMap((page) => page.hidden ?? []).map((text) => withoutSensitive(cleanText(text)));
  const hiddenText = clip(texts.filter((text) => /[\p{L}\p{N}]{2}/u.test(text)).join(' · '), MOST_HIDDEN);
  return hiddenText === '' ? {} : { hiddenText };
}

/** Everything read from one CV, with the lines it was read from, for look-ups that the lexicon does not cover. */
export interface ReadCv {
  data: CvData;
  lines: readonly Line[];
  /** The text without sensitive attributes, for the search index and for literal look-ups. */
  searchText: string;
}

/**
 * Reads a CV: sections, particulars, skills with passages, positions, studies, languages, certificates, licences.
 * Pure: the same document and day give the same answer.
 */
export function readCv(document: ExtractedDocument, today: Today): ReadCv {
  const lines = linesOf(document);
  const placed = splitSections(lines);
  const contact = readContact(lines, placed);
  const { positions, months, gaps } = readExperience(placed, today);
  const education = readEducation(placed, today);
  const hits = findSkills(skillLines(placed, positions, education, contact.name));
  creditMonths(hits, positions);
  const head = placed.filter((line) => line.topics.length === 0 && line.page === 1).slice(0, 6);
  const safe = lines.map((line) => withoutSensitive(line.text)).filter((text) => text !== '');
  return {
    lines,
    searchText: safe.join('\n').replace(/\t/g, ' '),
    data: {
      contact,
      headline: headlineOf(placed, contact.name),
      summary: prose(linesAbout(placed, 'summary'), 1200),
      skills: hits.map(({ skill }) => skill.name),
      skillDetails: hits.map(({ skill }) => skill),
      experience: positions.map(({ entry }) => entry),
      experienceMonths: months,
      statedExperienceMonths: statedMonths(placed),
      gaps,
      currentRole: currentRole(positions),
      education,
      highestEducation: highestLevel(education, head.map((line) => line.text).join('\n')),
      yearOfPassing: yearOfPassing(education),
      languages: readLanguages(placed),
      certifications: readCertifications(placed, today.year),
      licences: readLicences(placed, today.year),
      projects: prose(linesAbout(placed, 'projects'), 2000),
      ...hiddenText(document),
    },
  };
}
