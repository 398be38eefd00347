import { type BandRow, type Side, sizeOf, textOf } from './band.ts';
import { isAllCapitals, isBullet, isNow, isRightToLeft, namesTime } from './characters.ts';

/** Cells, labels and dates are short; running text is not. */
const SHORT = 45;
const FEW_WORDS = 4;
/** Tables with more rows than this are not told from parallel lists by their shape. */
const MAX_TABLE_ROWS = 12;

interface SideLine {
  text: string;
  x: number;
  right: number;
  baseline: number;
  size: number;
  facing: boolean;
  /** Something stands beside it, on its baseline or nearly so. */
  beside: boolean;
  bold: boolean;
  /** Names a time, and nothing else stands in the line beyond a wide gap. */
  isTime: boolean;
}

function linesOf(rows: readonly BandRow[], side: Side): SideLine[] {
  return rows
    .filter((row) => row[side].length > 0)
    .map((row) => ({
      text: textOf(row[side]),
      x: row[side][0]?.x ?? 0,
      right: row[side].at(-1)?.right ?? 0,
      baseline: row.baseline,
      size: sizeOf(row[side]),
      facing: row.left.length > 0 && row.right.length > 0,
      beside: !row.alone,
      bold: row[side].every((fragment) => fragment.runs.every((run) => run.bold)),
      isTime: row[side].length === 1 && namesTime(textOf(row[side])),
    }))
    .map((line, index, all) => ({ ...line, isTime: line.isTime || endsPeriod(line, all[index - 1]) }));
}

/** "Present" below "May 2021 –": the end of a period that is broken in a narrow column. */
function endsPeriod({ text }: SideLine, before: SideLine | undefined): boolean {
  if (before === undefined) return isNow(text);
  return text.length <= 16 && before.isTime && /[-–—]$/.test(before.text);
}

function share(lines: readonly SideLine[], matches: (line: SideLine) => boolean): number {
  return lines.length === 0 ? 0 : lines.filter(matches).length / lines.length;
}

/** Length of the longest sequence of lines that follow each other without a gap. */
function longestRun(lines: readonly SideLine[]): number {
  let longest = 1;
  let run = 1;
  for (const [index, line] of lines.slice(1).entries()) {
    const previous = lines[index];
    const close = previous && line.baseline - previous.baseline <= 1.7 * Math.max(line.size, previous.size);
    run = close ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function isCell({ text }: SideLine): boolean {
  return text.length <= SHORT && text.split(' ').length <= FEW_WORDS;
}

/** A cell, or the dates of a position whose head has two lines: "Basel", "February 2006 – March 2011". */
function isCellOfTwo(line: SideLine): boolean {
  return isCell(line) || line.isTime;
}

/**
 * Labels of a form: they end at one edge, before the values they face, and start anywhere. What runs from right to
 * left is set so as a matter of course.
 */
function areFormLabels(lines: readonly SideLine[]): boolean {
  if (lines.length < 3 || lines.some((line) => isRightToLeft(line.text))) return false;
  const edge = Math.max(...lines.map((line) => line.right));
  const starts = lines.map((line) => Math.round(line.x));
  const usual = Math.max(...starts.map((start) => starts.filter((other) => Math.abs(other - start) <= 2).length));
  return share(lines, (line) => edge - line.right < 0.5 * line.size) >= 0.9 && usual <= lines.length / 2;
}

/** Headings hung in the margin, each beside the section it stands over; nothing else stands there. */
function areHangingHeadings(lines: readonly SideLine[], other: readonly SideLine[]): boolean {
  return (
    lines.length >= 2 &&
    lines.length <= 0.5 * other.length &&
    longestRun(lines) <= 2 &&
    share(lines, (line) => line.beside) >= 0.9 &&
    (lines.every((line) => isAllCapitals(line.text)) ||
      (lines.every((line) => line.bold) && share(other, (line) => line.bold) < 0.5))
  );
}

function isHeading(line: SideLine | undefined, usualSize: number): boolean {
  return line !== undefined && (isAllCapitals(line.text) || line.size > 1.15 * usualSize);
}

/** Dates with a place below each: short, and set like the dates. */
function arePlaced(lines: readonly SideLine[]): boolean {
  const bold = lines.find((line) => line.isTime)?.bold;
  const places = lines.filter((line) => !line.isTime);
  return places.length === 0 || share(places, (line) => isCell(line) && line.bold === bold) >= 0.9;
}

/** Whether the lines of one side belong to the lines they face, as dates to titles, labels to values, cells to cells. */
function belongsToOther(lines: readonly SideLine[], other: readonly SideLine[], usualSize: number): boolean {
  // Dates in smaller type, broken in a narrow column, drift from the lines they stand beside.
  const facing = share(lines, (line) => line.facing || (line.isTime && line.beside));
  if (facing < 0.8 || share(lines, (line) => line.text.length <= SHORT) < 0.9) return false;
  const times = share(lines, (line) => line.isTime);
  const run = longestRun(lines);
  if (times >= 0.6) return true;
  const othersFace = share(other, (line) => line.facing) >= 0.9;
  // A table whose last column holds dates: they stand beyond another gap.
  if (facing >= 0.9 && othersFace && share(lines, (line) => namesTime(line.text)) >= 0.6) return true;
  if (times >= 0.3 && run <= 3 && (lines[0]?.isTime || lines.length <= 0.75 * other.length) && arePlaced(lines))
    return true;
  if (facing < 0.9) return false;
  if (share(lines, (line) => line.text.endsWith(':')) >= 0.5) return true;
  if (run <= 2 && lines.length <= 0.5 * other.length) return true;
  return (
    lines.length <= MAX_TABLE_ROWS &&
    othersFace &&
    share(lines, lines.length === 2 ? isCellOfTwo : isCell) >= 0.8 &&
    share(other, other.length === 2 ? isCellOfTwo : isCell) >= 0.8 &&
    !isHeading(lines[0], usualSize) &&
    !lines.some((line) => isBullet(line.text.split(' ', 1)[0] ?? ''))
  );
}

/** Whether one side of these rows consists of dates or labels, each beside the text it belongs to. */
export function isLabelled(rows: readonly BandRow[]): boolean {
  return (['left', 'right'] as const).some((side) => {
    const lines = linesOf(
      rows.filter((row) => !row.alone),
      side,
    );
    // The end of a column that only shares its last lines with the other one.
    if (rows.some((row) => row.alone && row[side].length > 0)) return false;
    return (
      share(lines, (line) => line.facing && line.text.length <= SHORT) === 1 &&
      share(lines, (line) => line.isTime || line.text.endsWith(':')) >= 0.6
    );
  });
}

/** Whether the left side holds what is said of the right one: labels of a form, headings in the margin. */
function isMarginOf(left: readonly SideLine[], right: readonly SideLine[]): boolean {
  return (share(left, (line) => line.facing) >= 0.8 && areFormLabels(left)) || areHangingHeadings(left, right);
}

/** Whether these rows are read across the gutter, row by row. Rows that stand alone say nothing about it. */
export function isReadAcross(rows: readonly BandRow[], usualSize: number): boolean {
  const telling = rows.filter((row) => !row.alone);
  const left = linesOf(telling, 'left');
  const right = linesOf(rows, 'right');
  return (
    isMarginOf(left, right) ||
    belongsToOther(left, right, usualSize) ||
    belongsToOther(linesOf(telling, 'right'), linesOf(rows, 'left'), usualSize)
  );
}
