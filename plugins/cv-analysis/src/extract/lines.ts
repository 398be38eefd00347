import type { DocumentLine, DocumentPage, ExtractedDocument } from '@bazaar/sdk';
import { findDates } from './dates/find-dates.ts';
import { cleanText, withoutBullet } from './text-cleaning.ts';
import type { Passage } from './types.ts';

const MOST_LINES = 2500;
const MOST_TEXT = 150_000;
const LONGEST_LINE = 500;
const LONGEST_PARAGRAPH = 8000;

/** One line of the document, cleaned, in reading order. */
export interface Line {
  /** Without the mark of a list item. Wide gaps are tabs. */
  text: string;
  bullet: boolean;
  page: number;
  /** Position within its page, from 1. */
  line: number;
  x: number;
  y: number;
  width: number;
  height: number;
  bold: boolean;
  block: number;
  /** Whether the line reaches the right edge of its column, so that the next may continue it; true without layout. */
  full: boolean;
  /** Lines of one column read without a jump share its number; unique within the document. */
  flow: number;
}

export function passageOf(line: Line): Passage {
  return { text: line.text.replace(/\t/g, '  '), page: line.page, line: line.line };
}

function isDateOnly(text: string): boolean {
  const dates = findDates(text, 9999);
  if (dates.length === 0) return false;
  const rest = dates.reduceRight((left, date) => left.slice(0, date.index) + left.slice(date.end), text);
  return !/\p{L}{2}/u.test(rest);
}

/**
 * A column that holds nothing but dates (as in tabular CVs) is read before or after the column it belongs to. Each
 * such date goes back in front of the line that stands beside it.
 */
function reattachDates(lines: Line[]): Line[] {
  const lonely = lines.map((line) => line.width > 0 && isDateOnly(line.text));
  const moved = new Map<Line, Line>();
  const taken = new Set<Line>();
  const byPage = Map.groupBy(
    lines.filter((_line, index) => !lonely[index]),
    (line) => line.page,
  );
  lines.forEach((line, index) => {
    if (!lonely[index] || !(lonely[index - 1] || lonely[index + 1])) return;
    const beside = byPage
      .get(line.page)
      ?.find(
        (other) =>
          Math.abs(other.y - line.y) < Math.max(line.height, other.height) * 0.7 &&
          (other.x >= line.x + line.width || other.x + other.width <= line.x),
      );
    if (!beside || taken.has(beside)) return;
    taken.add(beside);
    moved.set(line, beside);
  });
  if (moved.size < 2) return lines;
  const before = new Map([...moved].map(([date, beside]) => [beside, date]));
  return lines
    .filter((line) => !moved.has(line))
    .map((line) => {
      const date = before.get(line);
      if (!date) return line;
      return {
        ...line,
        text: date.x < line.x ? `${date.text}\t${line.text}` : `${line.text}\t${date.text}`,
        bullet: false,
      };
    });
}

/** A paragraph of a DOCX is one line however long: cut at sentences, so that no pattern runs over a long text. */
function pieces(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > LONGEST_LINE) {
    const head = rest.slice(0, LONGEST_LINE);
    const sentence = head.lastIndexOf('. ') + 1;
    const word = head.lastIndexOf(' ');
    const end = sentence > LONGEST_LINE / 3 ? sentence : word > 0 ? word : LONGEST_LINE;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

function toLines(source: DocumentLine, page: number, place: number): Line[] {
  const { text, bullet } = withoutBullet(cleanText(source.text.slice(0, LONGEST_PARAGRAPH)));
  const { x, y, width, height, bold, block } = source;
  return pieces(text)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
    .map((piece, index) => ({
      text: piece,
      bullet: bullet && index === 0,
      page,
      line: place + 1,
      x,
      y,
      width,
      height,
      bold,
      block,
      full: true,
      flow: 0,
    }));
}

/** The lines of the pages, up to what a CV can hold: what lies beyond is no CV and is not read. */
function readableLines(pages: readonly DocumentPage[]): Line[] {
  const lines: Line[] = [];
  let length = 0;
  for (const [index, page] of pages.entries()) {
    for (const [place, source] of page.lines.entries()) {
      if (lines.length >= MOST_LINES || length >= MOST_TEXT) return lines;
      length += source.text.length;
      lines.push(...toLines(source, index + 1, place));
    }
  }
  return lines;
}

/** Marks where reading jumps to another column: up the page, or far sideways. */
function markFlows(lines: Line[]): Line[] {
  let flow = 0;
  return lines.map((line, index) => {
    const before = lines[index - 1];
    if (before) {
      const up = line.y < before.y - before.height;
      const aside = line.x > before.x + before.width || line.x + line.width < before.x;
      if (
        before.page !== line.page ||
        (before.width > 0 && (up || (aside && line.y <= before.y + before.height * 0.5)))
      )
        flow += 1;
    }
    return { ...line, flow };
  });
}

/** Marks the lines that end before the right edge of their column: the line below begins something new. */
function markFull(lines: Line[]): Line[] {
  const edges = new Map<number, number>();
  for (const line of lines) edges.set(line.flow, Math.max(edges.get(line.flow) ?? 0, line.x + line.width));
  return lines.map((line) => ({
    ...line,
    full: line.width === 0 || line.x + line.width > (edges.get(line.flow) ?? 0) * 0.8,
  }));
}

export function linesOf(document: ExtractedDocument): Line[] {
  return markFull(markFlows(reattachDates(readableLines(document.pages))));
}
