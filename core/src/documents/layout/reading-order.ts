import { FACING } from './band.ts';
import { isAllCapitals, isRightToLeft, namesTime } from './characters.ts';
import { findColumns } from './columns.ts';
import { rowsOf } from './fragments.ts';
import { WIDE_GAP } from './line-text.ts';
import type { Fragment } from './run.ts';

/** Deeper nesting of columns is not looked for. */
const MAX_DEPTH = 12;

/** Lines of one region, in order; each line holds its fragments from left to right. */
export type Region = Fragment[][];

/** The font size that most of the text is set in. */
export function usualSizeOf(fragments: readonly Fragment[]): number {
  const bySize = fragments.toSorted((a, b) => a.size - b.size);
  const half = bySize.reduce((sum, fragment) => sum + fragment.text.length, 0) / 2;
  let length = 0;
  for (const fragment of bySize) {
    length += fragment.text.length;
    if (length >= half) return fragment.size;
  }
  return 1;
}

/**
 * A section's heading that hangs in the margin beside the section: it is read before it, as a line of its own.
 * Labels and dates stay in the line of what they belong to.
 */
function hasHangingHeading(row: readonly Fragment[], next: readonly Fragment[] | undefined): boolean {
  const [label, content] = row;
  if (!label || !content || content.x - label.right < WIDE_GAP * label.size) return false;
  if (namesTime(label.text) || /[:\d]$/.test(label.text) || isAllCapitals(content.text)) return false;
  if (isAllCapitals(label.text)) return true;
  const bold = label.runs.every((run) => run.bold);
  const hangs = next?.[0] !== undefined && Math.abs(next[0].x - content.x) < label.size;
  return bold && hangs && content.runs.some((run) => !run.bold);
}

/** A heading in the margin is set larger than the line it stands beside and may end a little below it. */
function isBesideHeading(row: readonly Fragment[], next: readonly Fragment[] | undefined): boolean {
  const [heading, ...more] = next ?? [];
  if (!heading || more.length > 0 || row.length === 0) return false;
  const stands = heading.baseline - Math.max(...row.map((fragment) => fragment.baseline));
  const aside = Math.min(...row.map((fragment) => fragment.x)) - heading.right;
  const marked = isAllCapitals(heading.text) || heading.runs.every((run) => run.bold);
  return marked && stands < 0.5 * heading.size && aside >= WIDE_GAP * heading.size;
}

/** The lines from top to bottom, a heading in the margin before what it stands beside. */
function linesDown(fragments: readonly Fragment[]): Fragment[][] {
  const rows = rowsOf(fragments, FACING).map((row) => row.toSorted((a, b) => a.x - b.x));
  for (let index = 0; index + 1 < rows.length; index++) {
    const [row = [], next = []] = [rows[index], rows[index + 1]];
    if (isBesideHeading(row, next)) [rows[index], rows[index + 1]] = [next, row];
  }
  return rows;
}

function straight(fragments: readonly Fragment[]): Region[] {
  const rows = linesDown(fragments);
  const regions: Region[] = [];
  let region: Region = [];
  for (const [index, row] of rows.entries()) {
    if (hasHangingHeading(row, rows[index + 1])) {
      regions.push(region, [row.slice(0, 1)]);
      region = [row.slice(1)];
    } else {
      region.push(row);
    }
  }
  return [...regions, region].filter((part) => part.length > 0);
}

/**
 * Divides a page into regions in the order in which it is read: what stands above columns, each column by itself,
 * what stands below.
 */
export function regionsOf(fragments: readonly Fragment[]): Region[] {
  const usualSize = usualSizeOf(fragments);
  const rtl = isRightToLeft(fragments.map((fragment) => fragment.text).join(''));
  const order = (part: readonly Fragment[], depth: number): Region[] => {
    if (part.length === 0) return [];
    const columns = depth < MAX_DEPTH ? findColumns(part, usualSize) : null;
    if (!columns) return straight(part);
    const cells = columns.pairs.map(({ left, right }) => (rtl ? [right, left] : [left, right]));
    return [
      ...order(columns.above, depth + 1),
      // Cells of one line each are a plain row of a table.
      ...cells.flatMap((pair) =>
        rowsOf(pair.flat(), FACING).length === 1
          ? straight(pair.flat())
          : pair.flatMap((cell) => order(cell, depth + 1)),
      ),
      ...order(columns.below, depth + 1),
    ];
  };
  return order(fragments, 0);
}
