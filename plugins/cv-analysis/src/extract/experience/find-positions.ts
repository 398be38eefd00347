import { type FoundDates, findDates } from '../dates/find-dates.ts';
import { isCity, readPlace } from '../places.ts';
import type { PlacedLine } from '../sections/split-sections.ts';
import { words } from '../text-cleaning.ts';
import { type PositionHead, readHead } from './position-head.ts';
import { companyScore, isSentence, titleScore } from './position-words.ts';

/** The lines of one position and its head. */
export interface RawPosition {
  dates: FoundDates;
  head: PositionHead;
  headLines: PlacedLine[];
  /** What follows the dates on their own line and is no part of the head. */
  tail: string;
  description: PlacedLine[];
}

interface Anchor {
  index: number;
  dates: FoundDates;
  /** The line without its dates. */
  rest: string;
  tail: string;
}

const MAX_HEAD = 3;
const OPENING_WORD =
  /(?:\bfrom|\bvon|\bvom|\bdu|\bde|\bda|\bdal|\bvan|\bod|\bfrån|\bdesde|\bdepuis|\bseit|\bsince|\bab|\bduration|\bperiod|\bzeitraum|\bdates?(?:\s*\([^)]*\))?|\bdatum(?:\s*\([^)]*\))?)\s*:?\s*$/iu;

function around(text: string, dates: FoundDates): { before: string; after: string } {
  return {
    before: text
      .slice(0, dates.index)
      .replace(OPENING_WORD, '')
      .replace(/[\s(:,–—|-]+$/u, '')
      .trim(),
    after: text
      .slice(dates.end)
      .replace(/^\s*[)\]]/, '')
      .replace(/^\s*\/\s*(?:present|now|current|today|heute)\b\s*:?/iu, '')
      .trim(),
  };
}

/** "Nurse at Acme, 2019 – now. Cared for …": what follows the full stop describes. */
function splitAnchor(text: string, dates: FoundDates): { rest: string; tail: string } {
  const { before, after } = around(text, dates);
  const described =
    titleScore(before.split(/,|\s+(?:at|bei|chez)\s+/u)[0] ?? '') > 0 &&
    (/^[.;:]\s+\S/u.test(after) || (isSentence(after) && after.length > 40));
  if (described) return { rest: before, tail: after.replace(/^[.;:]\s*/u, '') };
  return {
    rest: `${before}\t${after}`
      .replace(/^[\s:,.–—-]+|[\s:,(–—-]+$/gu, '')
      .replace(/^\([^)]*\)\s*/u, '')
      .trim(),
    tail: '',
  };
}

/** "Worked as CNC Operator in Precision Auto Pvt. Ltd. from …" */
const WORKED =
  /^(?:(?:presently|currently|previously)\s+)?(?:worked|working|work|employed|served|serving)\s+as\s+(?:an?\s+)?(.{3,60}?)\s+(?:in|at|with|for)\s+(?:m\/s\.?\s+)?(?=\p{Lu})/iu;

function anchorOf(line: PlacedLine, index: number, today: number): Anchor | null {
  const found = findDates(line.text, today);
  const period = found.find((dates) => dates.kind === 'period');
  const only = found.length === 1 ? found[0] : undefined;
  const dates = period ?? only;
  if (
    !dates ||
    FORM_LINE.test(line.text) ||
    PROJECT_LINE.test(line.text) ||
    (line.label && !line.label.includes('experience'))
  )
    return null;
  const { rest: plain, tail } = splitAnchor(line.text, dates);
  const rest = plain.replace(WORKED, '$1 | ');
  const titled =
    plain !== rest ||
    rest
      .split(/[,|•·\t–—]|\s-\s|\s+(?:at|bei|chez)\s+/u)
      .some((part) => titleScore(part) > 0 && words(part).length <= 8);
  if (rest.length > 120) return null;
  const told = dates.index < 3 ? rest : line.text;
  if (dates.kind === 'single' && (line.bullet || isSentence(told) || (rest !== '' && !titled))) return null;
  if (isSentence(rest) && !titled && dates.index > 3 && !(line.bold && namesEmployer(rest))) return null;
  if (line.bullet && !line.bold && !titled) return null;
  return { index, dates, rest, tail };
}

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

/** A line of a form: "Company: …", "Name und Adresse des Arbeitgebers<tab>…". */
const FORM_LINE =
  /^(?:company(?: name)?|employer|organi[sz]ation|client|firma|arbeitgeber|role|position|title|job title|designation|location|ort|beruf oder funktion|name und adresse des arbeitgebers|occupation or position held|name and address of employer|position held)\s*[:\t]/iu;
const PROJECT_LINE = /^(?:project|projekt|client|kunde|projet|proyecto)(?: name)?\s*\d*\s*:/iu;
const FORM_NOISE = /^(?:tätigkeitsbereich oder branche|type of business or sector|sector|branche)\s*[:\t]/iu;

/** The head of a table: "Company<tab>Role<tab>From<tab>To". */
const COLUMN =
  /^(?:company|employer|organi[sz]ation|role|position|title|job title|designation|from|to|dates?|period|duration|location|firma|arbeitgeber|funktion|tätigkeit|zeitraum|von|bis|ort|entreprise|poste|période|de|à|empresa|puesto|cargo|desde|hasta|periodo)$/iu;

function isTableHead(line: PlacedLine): boolean {
  const cells = line.text.split('\t');
  return cells.length > 1 && cells.every((cell) => COLUMN.test(cell.trim()));
}

function namesEmployer(text: string): boolean {
  return text.split(/[,|•·\t–—]|\s-\s/u).some((part) => companyScore(part) >= 2);
}

function isCapitalised(text: string): boolean {
  const all = words(text);
  return all.filter((word) => /^[\p{Lu}\d]/u.test(word)).length >= Math.max(1, all.length * 0.6);
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
    if (complete(known) && !(heads && count === 0)) break;
    if (count > 0 && known.title !== null && known.company !== null && titleScore(line.text) === 0) break;
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
  if (head.title === null && titled) return true;
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
  return anchors.map((anchor, place) => {
    const { count = 0, texts = [] } = heads[place] ?? {};
    const next = anchors[place + 1];
    const end = next ? next.index - (heads[place + 1]?.count ?? 0) : lines.length;
    // Marked lines are whole, except those of a timeline: its dots stand before the title alone.
    const whole = lines[anchor.index]?.bullet && complete(readHead(texts));
    const below = whole || anchor.tail !== '' ? { count: 0, texts } : headBelow(lines, anchor, texts, end);
    const forms = formLines(lines.slice(anchor.index + below.count + 1, end), readHead(below.texts));
    return {
      dates: anchor.dates,
      head: readHead([...below.texts, ...forms]),
      headLines: lines.slice(anchor.index - count, anchor.index + below.count + 1),
      tail: anchor.tail,
      description: lines.slice(anchor.index + below.count + 1, end),
    };
  });
}
