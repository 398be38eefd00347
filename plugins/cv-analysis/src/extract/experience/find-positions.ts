import type { FoundDates } from '../dates/find-dates.ts';
import { isCity, readPlace } from '../places.ts';
import type { PlacedLine } from '../sections/split-sections.ts';
import { words } from '../text-cleaning.ts';
import { type Anchor, anchorOf } from './anchors.ts';
import { FORM_LINE, FORM_NOISE, isTableHead } from './form-lines.ts';
import { inUsualOrder } from './order-of-heads.ts';
import { type PositionHead, readHead } from './position-head.ts';
import { companyScore, isSentence, namesEmployer, titleScore } from './position-words.ts';

/** The lines of one position and its head. */
export interface RawPosition {
  dates: FoundDates;
  head: PositionHead;
  headLines: PlacedLine[];
  /** What follows the dates on their own line and is no part of the head. */
  tail: string;
  description: PlacedLine[];
}

const MAX_HEAD = 3;
/** A list is indented by this much (in points); columns stand further apart. */
const INDENT = { least: 5, most: 45 };

/**
 * Whether a line stands indented below or above a head of a position: an item of the description whose mark is drawn
 * and not written. Centred lines are not, nor is what stands beside a column of dates.
 */
function isIndented(line: PlacedLine, anchor: PlacedLine | undefined, dates: FoundDates): boolean {
  if (!anchor || line.width === 0 || anchor.width === 0 || line.page !== anchor.page || anchor.marked) return false;
  if (dates.index < 3 && anchor.text.includes('\t')) return false;
  const indent = line.x - anchor.x;
  const centred = Math.abs(line.x + line.width / 2 - anchor.x - anchor.width / 2) < 3;
  return indent > INDENT.least && indent < INDENT.most && !centred && !line.bold;
}

/** Whether a line above or below the dates can belong to the head of the position. */
function isHeadLine(line: PlacedLine | undefined, before: PlacedLine | undefined): line is PlacedLine {
  if (line && FORM_LINE.test(line.text) && line.text.length < 120) return true;
  // The dot of a timeline stands before the title.
  if (!line || (line.bullet && !line.bold) || line.label || isSentence(line.text)) return false;
  // The second line of a wrapped list item stands in the item's block.
  if (!before || before.block !== line.block || line.bold) return true;
  if (!before.full) return true;
  const ended = /[.!?]$/.test(before.text) && (titleScore(line.text) > 0 || companyScore(line.text) >= 2);
  return ended || !(before.bullet || isSentence(before.text));
}

function isOpenEnded(line: PlacedLine): boolean {
  return /[,&–-]$|\b(?:and|und|the|of|with|in|for|mit|et|y|de)$/iu.test(line.text);
}

function complete(head: PositionHead): boolean {
  return head.isTitleSure && head.company !== null;
}

function isCapitalised(text: string): boolean {
  const all = words(text);
  return all.filter((word) => /^[\p{Lu}\p{Lo}\d]/u.test(word)).length >= Math.max(1, all.length * 0.6);
}

/** Whether white space parts a line from the one below it; without layout every line is a block of its own. */
function standsApart(line: PlacedLine, below: PlacedLine | undefined): boolean {
  return line.width > 0 && below !== undefined && line.block !== below.block;
}

/** The head read from the lines above the dates and on their line; how many lines above it takes. */
function headAbove(lines: readonly PlacedLine[], anchor: Anchor, floor: number): { count: number; texts: string[] } {
  let texts = anchor.rest === '' ? [] : [anchor.rest];
  let count = 0;
  while (count < MAX_HEAD) {
    const place = anchor.index - count - 1;
    const line = lines[place];
    const before = place - 1 >= floor ? lines[place - 1] : undefined;
    if (place < floor || !isHeadLine(line, before)) break;
    if (isIndented(line, lines[place + 1], anchor.dates)) break;
    if (before && isOpenEnded(before) && before.block === line.block) break;
    const known = readHead(texts);
    // A complete head takes another line only if that is set like a heading of its own, or names an employer.
    const heads = line.bold || (!known.isCompanySure && namesEmployer(line.text) && isCapitalised(line.text));
    const namesSurely = !known.isCompanySure && line.block === lines[place + 1]?.block && line.bold;
    if (complete(known) && !(heads && count === 0) && !namesSurely) break;
    if (floor > 0 && count > 0 && !line.bold && standsApart(line, lines[place + 1])) break;
    const named = known.title !== null && known.company !== null;
    if (count > 0 && named && !namesSurely && titleScore(line.text) === 0) break;
    if (
      count > 0 &&
      !complete(known) &&
      line.bold !== lines[place + 1]?.bold &&
      before &&
      !before.bullet &&
      readPlace(line.text)
    )
      break;
    texts = [line.text, ...texts];
    count += 1;
  }
  return { count, texts };
}

function isName(text: string): boolean {
  return isCapitalised(text) && words(text).length <= 7 && !/[.:;]$/.test(text);
}

/** Whether a line below the dates adds to the head what it lacks. */
function addsTo(head: PositionHead, line: PlacedLine, next: PlacedLine | undefined): boolean {
  if (FORM_LINE.test(line.text)) return true;
  if (line.text.length > 90) return false;
  const place = readPlace(line.text.split(/\s*[|•·\t]\s*/)[0] ?? '') !== null;
  const parts = line.text.split(/[,|•·\t–—]|\s-\s/u);
  const strong = namesEmployer(line.text);
  if (complete(head) && !head.isCompanySure && strong && isCapitalised(line.text)) return true;
  if (complete(head)) return head.location === null && place && !line.text.includes('\t');
  const titled = parts.some((part) => titleScore(part) > 0);
  const seated = parts.length > 1 && isCity((parts.at(-1) ?? '').trim());
  const employer = strong || seated;
  if (place) return true;
  if (!head.isTitleSure && titled) return true;
  if (head.company === null && employer) return true;
  return (
    isName(line.text) &&
    (head.title === null ||
      next === undefined ||
      next.bullet ||
      isSentence(next.text) ||
      next.block !== line.block ||
      (line.width > 0 && next.x > line.x + 5))
  );
}

/** Whether dates stand in a column of their own, left of the rest. */
function hasDateColumn({ dates }: Anchor, line: PlacedLine | undefined): boolean {
  if (!line || line.width === 0) return false;
  return /^(?:\p{L}{1,6}\s+)?$/u.test(line.text.slice(0, dates.index)) && line.text.startsWith('\t', dates.end);
}

/** Below dates in a column of their own stands the place: "Imola⇥Hotel Excelsior" is the employer and where it is. */
function withPlaceBehind(line: PlacedLine): string {
  const [place = '', name = '', ...others] = line.text.split('\t');
  return others.length === 0 && name !== '' && /^\p{Lu}[\p{L} .'-]{2,30}$/u.test(place)
    ? `${name}, ${place}`
    : line.text;
}

function headBelow(
  lines: readonly PlacedLine[],
  anchor: Anchor,
  texts: readonly string[],
  end: number,
): { count: number; texts: string[] } {
  const all = [...texts];
  let count = 0;
  while (count < MAX_HEAD && anchor.index + count + 1 < end) {
    const line = lines[anchor.index + count + 1];
    if (!isHeadLine(line, undefined) || isIndented(line, lines[anchor.index + count], anchor.dates)) break;
    const head = readHead(all);
    const column = count === 0 && hasDateColumn(anchor, lines[anchor.index]);
    const text = column ? withPlaceBehind(line) : line.text;
    const employer = column && head.isTitleSure && head.company === null && isName(text);
    if (!employer && !addsTo(head, line, lines[anchor.index + count + 2])) break;
    all.push(text);
    count += 1;
  }
  return { count, texts: all };
}

/** What a form says of the employer below other things. */
function formLines(lines: readonly PlacedLine[], head: PositionHead): string[] {
  if (head.company !== null) return [];
  return lines.filter((line) => FORM_LINE.test(line.text) && line.text.length < 120).map((line) => line.text);
}

/** Heads stand above their dates, unless the first dates open the section or their line. Settled once for all. */
function standAbove(lines: readonly PlacedLine[], first: Anchor): boolean {
  return (
    first.index > 0 &&
    isHeadLine(lines[first.index - 1], lines[first.index - 2]) &&
    !(first.dates.index < 3 && complete(readHead([first.rest])))
  );
}

/** Cuts an experience section into positions, one for each line with a period. */
export function findPositions(section: readonly PlacedLine[], today: number): RawPosition[] {
  const lines = section.filter((line) => !FORM_NOISE.test(line.text) && !isTableHead(line));
  const all = lines
    .map((line, index) => anchorOf(line, index, today))
    .filter((anchor): anchor is Anchor => anchor !== null);
  const plain = all.filter((anchor) => !lines[anchor.index]?.bullet);
  const anchors = plain.length > 0 ? plain : all;
  const [first] = anchors;
  if (!first) return [];
  const above = standAbove(lines, first);
  let floor = 0;
  const heads = anchors.map((anchor) => {
    const bullet = lines[anchor.index]?.bullet ?? false;
    const head =
      above && !bullet ? headAbove(lines, anchor, floor) : { count: 0, texts: anchor.rest === '' ? [] : [anchor.rest] };
    floor = anchor.index + 1;
    return head;
  });
  const found = anchors.map((anchor, place) => {
    const { count = 0, texts = [] } = heads[place] ?? {};
    const next = anchors[place + 1];
    const end = next ? next.index - (heads[place + 1]?.count ?? 0) : lines.length;
    // Marked lines are whole, except those of a timeline: its dots stand before the title alone.
    const whole = lines[anchor.index]?.bullet && complete(readHead(texts));
    const below = whole || anchor.tail !== '' ? { count: 0, texts } : headBelow(lines, anchor, texts, end);
    const forms = formLines(lines.slice(anchor.index + below.count + 1, end), readHead(below.texts));
    const written = [...below.texts, ...forms];
    return {
      dates: anchor.dates,
      head: readHead(written),
      texts: written,
      headLines: lines.slice(anchor.index - count, anchor.index + below.count + 1),
      tail: anchor.tail,
      description: lines.slice(anchor.index + below.count + 1, end),
    };
  });
  const ordered = inUsualOrder(found);
  return found.map(({ texts: _texts, ...position }, place) => ({
    ...position,
    head: ordered[place] ?? position.head,
  }));
}
