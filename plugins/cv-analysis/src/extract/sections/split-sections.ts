import { findEmails } from '../contact/addresses.ts';
import { findPhones } from '../contact/phones.ts';
import { companyScore, titleScore } from '../experience/position-words.ts';
import type { Line } from '../lines.ts';
import { isUpperCase } from '../text-cleaning.ts';
import { topicsOfKeywords } from './heading-keywords.ts';
import type { Topic } from './heading-words.ts';
import { headingTopics, inlineLabel, topicsOf } from './recognise-heading.ts';

/** A line with what it speaks of. */
export interface PlacedLine extends Line {
  /** The whole line as read; `text` may lack a label that stood before it. */
  source: string;
  /** Topics of the heading above; empty before the first heading. */
  topics: readonly Topic[];
  /** Topics of a label on the line itself or on the line it continues ("Technologies: …" within a position). */
  label: readonly Topic[] | null;
  /** Counts headings; lines below one heading share it. */
  section: number;
}

/** Sections in which a label speaks for its own lines only. */
const ENTRY_TOPICS: ReadonlySet<Topic> = new Set(['experience', 'education', 'projects', 'volunteering']);

interface State {
  topics: readonly Topic[];
  section: number;
  label: { topics: readonly Topic[]; block: number; flow: number } | null;
}

const HEADER: State = { topics: [], section: 0, label: null };

interface Column {
  left: number;
  width: number;
  state: State;
}

/** Columns of running text hold shorter and longer lines; a main column is more than twice as wide as its sidebar. */
const ALIKE = 1.6;

/** Where a column stands. Its first lines may be a header across the page, so the width is that of the later ones. */
function placeOf(lines: readonly Line[], flow: number): { left: number; width: number } {
  const all = lines.filter((line) => line.flow === flow);
  // Where the text goes on wholly to the left of its beginning, the column has ended.
  const end = all.findIndex((line) => line.x + line.width < (all[0]?.x ?? 0));
  const own = end > 0 ? all.slice(0, end) : all;
  const left = Math.min(...own.map((line) => line.x));
  const rights = own
    .slice(Math.floor(own.length * 0.3))
    .map((line) => line.x + line.width)
    .sort((a, b) => a - b);
  return { left, width: (rights[Math.floor(rights.length * 0.75)] ?? left) - left };
}

/** A line that is read where another column begins. */
interface Entry {
  line: Line;
  before: Line;
  /** Whether the line read before is a heading. */
  headed: boolean;
  /** Whether the column opens with how to reach the person. */
  personal: boolean;
  place: { left: number; width: number };
}

/**
 * What is open at the start of a column. On a later page it is the section in which the same column ended on the page
 * before. Beside another column it is nothing, since a sidebar's last heading does not govern the main column;
 * except that a list of positions may run on in a column of like width.
 */
function stateOfColumn(
  columns: readonly Column[],
  { line, before, headed, personal, place }: Entry,
  current: State,
): State {
  // A heading in the margin, or at the foot of a column: what it stands over begins here.
  if (headed && (line.page === before.page || line.x >= before.x - 25)) return current;
  if (line.page !== before.page) {
    const same = columns.findLast(
      (column) => Math.abs(column.left - place.left) < 25 && place.width < column.width * 1.5,
    );
    return same?.state ?? current;
  }
  const last = columns.at(-1);
  const runsOn =
    !personal &&
    last !== undefined &&
    place.width < last.width * ALIKE &&
    current.topics.some((topic) => ENTRY_TOPICS.has(topic));
  return runsOn || current.section === 0 ? current : { ...HEADER, section: current.section };
}

/** Whether a line tells how to reach the person: a column may open with it, without a heading. */
function isPersonal({ text }: Line): boolean {
  return findEmails(text).length > 0 || findPhones(text, true).length > 0;
}

/** "EXPERIÊNCIA" above "PROFISSIONAL": a heading broken in a narrow column. */
function endsHeading(line: Line, before: Line): boolean {
  const near = line.page === before.page && line.y - before.y < 2 * before.height;
  return (
    near && isUpperCase(before.text) && isUpperCase(line.text) && topicsOf(`${before.text} ${line.text}`).length > 0
  );
}

/** How a line is set, as far as headings have it in common. */
function styleOf(line: Line): string {
  return `${Math.round(line.height)} ${line.bold} ${isUpperCase(line.text)}`;
}

/** The styles in which headings are set and little else; plain text is none. */
function headingStyles(lines: readonly Line[]): ReadonlySet<string> {
  const known = lines.filter((line, index) => headingTopics(line, lines[index - 1], lines[index + 1]).length > 0);
  const usual = Map.groupBy(lines, styleOf);
  return new Set(
    [...Map.groupBy(known, styleOf)]
      .filter(([style, headings]) => headings.length >= 2 && headings.length * 3 >= (usual.get(style)?.length ?? 0))
      .map(([style]) => style),
  );
}

/** A heading that no list knows: set like the known ones, and its words say what it is about. */
function likeHeading(line: Line, styles: ReadonlySet<string>): Topic[] {
  const text = line.text.replace(/\s*:$/, '');
  if (line.bullet || !styles.has(styleOf(line)) || titleScore(text) > 0 || companyScore(text) >= 2) return [];
  return topicsOfKeywords(text);
}

/** Gives each line its section; headings themselves are left out. */
export function splitSections(lines: readonly Line[]): PlacedLine[] {
  const placed: PlacedLine[] = [];
  const columns: Column[] = [];
  let state: State = HEADER;
  let sections = 0;
  let seen: Line | undefined;
  let heading: Line | undefined;
  const styles = headingStyles(lines);
  lines.forEach((line, index) => {
    if (seen && line.flow !== seen.flow && line.width > 0) {
      columns.push({ ...placeOf(lines, seen.flow), state });
      const personal = lines.slice(index, index + 2).some((one) => one.flow === line.flow && isPersonal(one));
      const place = placeOf(lines, line.flow);
      state = stateOfColumn(columns, { line, before: seen, headed: seen === heading, personal, place }, state);
    }
    seen = line;
    const before = lines[index - 1];
    if (heading === before && before && endsHeading(line, before)) {
      state = { ...state, topics: topicsOf(`${before.text} ${line.text}`) };
      heading = line;
      return;
    }
    const known = headingTopics(line, before, lines[index + 1]);
    const topics = known.length > 0 ? known : likeHeading(line, styles);
    if (topics.length > 0) {
      sections += 1;
      state = { topics, section: sections, label: null };
      heading = line;
      return;
    }
    const found = inlineLabel(line);
    const inline = found && !isSubLabel(state, found.topics) ? found : null;
    // "EDUCATION⇥MBA": a heading in the margin, however narrow the gap.
    const headed = found !== null && isUpperCase(found.label) && line.text.startsWith(`${found.label}\t`);
    if (inline && (headed || !state.topics.some((topic) => ENTRY_TOPICS.has(topic)))) {
      sections += 1;
      state = { topics: inline.topics, section: sections, label: null };
      placed.push({
        ...line,
        source: line.text,
        text: inline.content,
        topics: inline.topics,
        label: inline.topics,
        section: sections,
      });
      return;
    }
    if (inline) state = { ...state, label: { topics: inline.topics, block: line.block, flow: line.flow } };
    else if (state.label && (line.block !== state.label.block || line.bullet)) state = { ...state, label: null };
    placed.push({
      ...line,
      source: line.text,
      text: inline ? inline.content : line.text,
      topics: state.topics,
      label: state.label?.topics ?? null,
      section: state.section,
    });
  });
  return placed;
}

/** "Databases: …" below "Skills" is part of the skills. */
function isSubLabel(state: State, topics: readonly Topic[]): boolean {
  return state.topics.length > 0 && topics.every((topic) => state.topics.includes(topic));
}

/** Lines that speak of a topic, by their heading or by their own label. */
export function linesAbout(lines: readonly PlacedLine[], topic: Topic): PlacedLine[] {
  return lines.filter((line) => (line.label ? line.label.includes(topic) : line.topics.includes(topic)));
}
