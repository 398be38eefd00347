import type { DocumentLine, DocumentPage, ExtractedDocument } from '@bazaar/sdk';
import { joinAddresses } from './broken-addresses.ts';
import { joinCells, joinNames, joinPeriods } from './broken-lines.ts';
import { findDates } from './dates/find-dates.ts';
import type { Line } from './line.ts';
import { isPageNumber, repeatedLines } from './page-furniture.ts';
import { readPlace } from './places.ts';
import { cleanText, withoutBullet } from './text-cleaning.ts';
import type { Passage } from './types.ts';

const MOST_LINES = 2500;
const MOST_TEXT = 150_000;
const LONGEST_LINE = 500;
const LONGEST_PARAGRAPH = 8000;

export type { Line } from './line.ts';

export function passageOf(line: Line): Passage {
  return { text: line.text.replace(/\t/g, '  '), page: line.page, line: line.line };
}

function isDateOnly(text: string): boolean {
  const dates = findDates(text, 9999);
  if (dates.length === 0) return false;
  const rest = dates.reduceRight((left, date) => left.slice(0, date.index) + left.slice(date.end), text);
  return !/\p{L}{2}/u.test(rest);
}

/** The head of columns of dates in a table. */
const DATE_COLUMNS =
  /^(?:(?:from|to|dates?|period|duration|von|bis|zeitraum|datum|de|à|du|au|période|desde|hasta|periodo|van|tot|od|do)(?:\t|$))+$/iu;

/** Runs of lines that hold nothing but a date or a place and are read apart from what stands beside them. */
function asideRuns(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  let run: Line[] = [];
  const close = (next: Line | undefined): void => {
    const [first] = run;
    const before = first && lines[lines.indexOf(first) - 1];
    // One date at the end of a column is its last line; several with nothing else are a column of their own.
    const jumps = first && (before?.flow !== first.flow || (next?.flow !== first.flow && run.length > 1));
    if (jumps && run.some((line) => isDateOnly(line.text))) runs.push(run);
    run = [];
  };
  for (const line of lines) {
    const aside =
      line.width > 0 &&
      line.text.length <= 45 &&
      (DATE_COLUMNS.test(line.text) || isDateOnly(line.text) || readPlace(line.text) !== null);
    const last = run.at(-1);
    if (last && (!aside || last.flow !== line.flow)) close(line);
    if (aside) run.push(line);
  }
  close(undefined);
  return runs;
}

/**
 * Dates and places set apart (right-aligned, or in a column of their own) are read before or after the text they belong
 * to. Each goes back to the line that stands beside it.
 */
function reattachAsides(lines: readonly Line[]): Line[] {
  const runs = asideRuns(lines);
  const aside = new Set(runs.flat());
  const byPage = Map.groupBy(
    lines.filter((line) => !aside.has(line)),
    (line) => line.page,
  );
  const additions = new Map<Line, Line>();
  const moved = new Set<Line>();
  for (const run of runs) {
    const beside = run.map((line) =>
      byPage
        .get(line.page)
        ?.find(
          (other) =>
            Math.abs(other.y - line.y) < Math.max(line.height, other.height) * 0.7 &&
            (other.x >= line.x + line.width || other.x + other.width <= line.x),
        ),
    );
    if (beside.filter(Boolean).length < run.length * 0.6) continue;
    run.forEach((line, index) => {
      const other = beside[index];
      if (!other || additions.has(other)) return;
      additions.set(other, line);
      moved.add(line);
    });
  }
  return lines
    .filter((line) => !moved.has(line))
    .map((line) => {
      const addition = additions.get(line);
      if (!addition) return line;
      const text = addition.x < line.x ? `${addition.text}\t${line.text}` : `${line.text}\t${addition.text}`;
      return { ...line, text, width: Math.max(line.width, addition.x + addition.width - line.x), bullet: false };
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
  // A dot before nothing but dates is the mark of a timeline: the position stands below, as without it.
  const listed = bullet && !isDateOnly(text);
  return pieces(text)
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece) && !isPageNumber(piece))
    .map((piece, index) => ({
      text: piece,
      bullet: listed && index === 0,
      marked: bullet && index === 0,
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
      links: index === 0 ? (source.links ?? []) : [],
    }));
}

/** The lines of the pages, up to what a CV can hold: what lies beyond is no CV and is not read. */
function readableLines(pages: readonly DocumentPage[]): Line[] {
  const lines: Line[] = [];
  let length = 0;
  const repeated = repeatedLines(pages);
  for (const [index, page] of pages.entries()) {
    for (const [place, source] of page.lines.entries()) {
      if (repeated.has(source)) continue;
      if (lines.length >= MOST_LINES || length >= MOST_TEXT) return lines;
      length += source.text.length;
      lines.push(...toLines(source, index + 1, place));
    }
  }
  return lines;
}

const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/((?:19|20)\d\d)(?![\d/])/g;

/** Days written with strokes, `04/09/2017`, with full stops where some day of the document shows that it comes first. */
function withDaysFirst(lines: readonly Line[]): readonly Line[] {
  const written = lines.flatMap(({ text }) => [...text.matchAll(SLASHED)]);
  const dayFirst =
    written.some(([, first]) => Number(first) > 12) && !written.some(([, , second]) => Number(second) > 12);
  if (!dayFirst) return lines;
  return lines.map((line) => ({ ...line, text: line.text.replace(SLASHED, '$1.$2.$3') }));
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
  return markFull(
    markFlows(
      reattachAsides(
        markFlows(joinCells(joinNames(joinPeriods(joinAddresses(withDaysFirst(readableLines(document.pages))))))),
      ),
    ),
  );
}
