import { isLabelled, isReadAcross } from './across.ts';
import { type BandRow, bandRows, FACING, gapBetween, sizeOf, textOf, usualPitch } from './band.ts';
import { isAllCapitals, namesTime } from './characters.ts';
import { rowsOf } from './fragments.ts';
import type { Fragment } from './run.ts';

/** Narrowest gutter between columns, as a share of the usual font size. */
const GUTTER = 0.5;
/** Within one column, lines start at most this far apart (share of the usual font size): lists are indented. */
const COLUMN_EDGE = 5;
/** Columns that end together differ by no more lines than this. */
const RAGGED = 3;
/** White space (share of the usual font size) after which what follows is no part of a column any more. */
const FAR = 5;
/** More candidate gutters are sampled: a page made to be slow must not be. */
const MAX_CANDIDATES = 300;

/** Two columns side by side, and what stands above and below them. */
export interface Columns {
  above: Fragment[];
  /** One pair; several when the rows of a table have cells of several lines. */
  pairs: { left: Fragment[]; right: Fragment[] }[];
  below: Fragment[];
}

interface Band {
  /** Rows of the region: from (inclusive) and to (exclusive). */
  from: number;
  to: number;
  rows: BandRow[];
}

/** Both sides have several lines, and these stand side by side rather than one below the other. */
function isSideBySide(rows: readonly BandRow[]): boolean {
  const left = rows.filter((row) => row.left.length > 0);
  const right = rows.filter((row) => row.right.length > 0);
  const top = Math.max(left[0]?.baseline ?? 0, right[0]?.baseline ?? 0);
  const bottom = Math.min(left.at(-1)?.baseline ?? 0, right.at(-1)?.baseline ?? 0);
  const inside = (row: BandRow) => row.baseline >= top - row.size && row.baseline <= bottom + row.size;
  return left.filter(inside).length >= 2 && right.filter(inside).length >= 2;
}

function part(band: Band, start: number, end: number): Band {
  return { from: band.from + start, to: band.from + end, rows: band.rows.slice(start, end) };
}

function hasBothSides(band: Band): boolean {
  return band.rows.some((row) => row.left.length > 0) && band.rows.some((row) => row.right.length > 0);
}

/** Splits before each line on the left that has nothing beside it: a heading over what follows, most often. */
function sectionsOf(band: Band, alsoBefore: (row: BandRow, previous: BandRow) => boolean = () => false): Band[] {
  const sections: Band[] = [];
  let start = 0;
  for (let index = 1; index <= band.rows.length; index++) {
    const [previous, row] = [band.rows[index - 1], band.rows[index]];
    if (row && previous && !(row.alone && row.left.length > 0) && !alsoBefore(row, previous)) continue;
    sections.push(part(band, start, index));
    start = index;
  }
  return sections;
}

/** Groups of rows with more white space between them than between lines. */
function groupsOf(rows: readonly BandRow[], usualSize: number): BandRow[][] {
  const gap = wideGap(rows, usualSize);
  const groups: BandRow[][] = [];
  for (const [index, row] of rows.entries()) {
    const previous = rows[index - 1];
    if (previous && gapBetween(previous, row) <= gap) groups.at(-1)?.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** How many rows at the start are dates or labels with their text, and headings of these. */
function labelledRows(groups: readonly BandRow[][]): number {
  let labelled = 0;
  let count = 0;
  for (const group of groups) {
    const heading = group.every((row) => row.alone);
    if (!heading && !isLabelled(group)) break;
    count += group.length;
    if (!heading) labelled = count;
  }
  return labelled;
}

/** Without the rows with dates or labels at either end: they only share the gutter with the columns. */
function withoutLabelled(band: Band, usualSize: number): Band {
  const groups = groupsOf(band.rows, usualSize);
  const start = labelledRows(groups);
  const end = band.rows.length - (start < band.rows.length ? labelledRows(groups.toReversed()) : 0);
  const inner = part(band, start, end);
  return isSideBySide(inner.rows) ? inner : band;
}

/** White space over the full width that is more than the space between lines. */
function wideGap(rows: readonly BandRow[], usualSize: number): number {
  return (usualPitch(rows) - 1 + 0.35) * usualSize;
}

/** Tables below each other leave a gutter in common, but their columns start at different places. */
function byRightEdge(band: Band, usualSize: number): Band[] {
  const gap = wideGap(band.rows, usualSize);
  const parts: Band[] = [];
  let start = 0;
  let edge: number | null = null;
  for (const section of sectionsOf(band, (row, previous) => gapBetween(previous, row) > gap)) {
    if (!hasBothSides(section)) continue;
    const here = Math.min(...section.rows.flatMap((row) => row.right.map((fragment) => fragment.x)));
    if (edge !== null && Math.abs(here - edge) > COLUMN_EDGE * usualSize) {
      parts.push(part(band, start, section.from - band.from));
      start = section.from - band.from;
      edge = here;
    } else {
      edge = Math.min(edge ?? here, here);
    }
  }
  parts.push(part(band, start, band.rows.length));
  return parts;
}

/** Rows that say something of how the band is read: those where both sides have text, or text beside them. */
function evidence(bands: readonly Band[]): number {
  return bands.reduce((sum, band) => sum + band.rows.filter((row) => !row.alone).length, 0);
}

/** Whether the right side ends at one edge but starts anywhere: dates and places set at the right margin. */
function isRightAligned(rows: readonly BandRow[], usualSize: number): boolean {
  const lines = rows.filter((row) => row.right.length > 0);
  const starts = lines.map((row) => row.right[0]?.x ?? 0);
  const ends = lines.map((row) => row.right.at(-1)?.right ?? 0);
  const edge = Math.max(...ends);
  const near = (values: readonly number[], value: number) =>
    values.filter((other) => Math.abs(other - value) < 0.5 * usualSize).length / values.length;
  return near(ends, edge) >= 0.8 && Math.max(...starts.map((start) => near(starts, start))) < 0.5;
}

function longestOf(bands: readonly Band[]): Band | null {
  return bands.reduce<Band | null>((best, band) => (best && best.rows.length >= band.rows.length ? best : band), null);
}

/** The part of a band that is set in columns; `null` when it is read across. */
function columnsWithin(band: Band, usualSize: number): Band | null {
  if (!isSideBySide(band.rows)) return null;
  const parts = byRightEdge(band, usualSize);
  if (parts.length > 1) {
    return longestOf(parts.map((piece) => columnsWithin(piece, usualSize)).filter((piece) => piece !== null));
  }
  const sections = sectionsOf(band).filter(hasBothSides);
  const down = sections.filter((section) => !isReadAcross(section.rows, usualSize));
  if (down.length === 0) return null;
  const spread = 2 * evidence(down) > evidence(sections) && !isRightAligned(band.rows, usualSize);
  if (spread || down.length === sections.length) return withoutLabelled(band, usualSize);
  const longest = longestOf(down);
  return longest && isSideBySide(longest.rows) ? longest : null;
}

function isHeadingAlone(row: BandRow, usualSize: number): boolean {
  const bold = row.left.every((fragment) => fragment.runs.every((run) => run.bold));
  return (
    row.right.length === 0 && row.alone && (bold || row.size > 1.15 * usualSize || isAllCapitals(textOf(row.left)))
  );
}

/**
 * Gives back to the text above and below what belongs to it, though it leaves the gutter free: the short last line
 * of a paragraph, the heading of the text that ends the columns, the first lines of a table with other columns.
 */
function trimmed(band: Band, region: readonly (readonly Fragment[])[], usualSize: number): Band {
  const gap = wideGap(band.rows, usualSize);
  const wide = (row: BandRow, next: BandRow) => gapBetween(row, next) > gap;
  const asRow = (fragments: readonly Fragment[] | undefined): BandRow | null =>
    fragments ? { baseline: 0, size: sizeOf(fragments), left: [...fragments], right: [], alone: true } : null;

  let { rows, from, to } = band;
  const before = asRow(region[from - 1]);
  if (before) {
    let previous = before;
    while (rows[0]?.alone && rows[0].right.length === 0 && !wide(previous, rows[0])) {
      previous = rows[0];
      rows = rows.slice(1);
      from++;
    }
  }
  // The name in large type stands above both columns, even when it only covers the right one.
  while (rows[0] && rows[0].left.length === 0 && rows[0].size >= 1.4 * usualSize) {
    rows = rows.slice(1);
    from++;
  }
  // Footnotes and footers stand far below the columns, on the left.
  const lastRight = rows.findLastIndex((row) => row.right.length > 0);
  const far = rows.findIndex((row, index) => {
    const previous = rows[index - 1];
    return previous !== undefined && index > lastRight && gapBetween(previous, row) > FAR * usualSize;
  });
  if (far !== -1) {
    to -= rows.length - far;
    rows = rows.slice(0, far);
  }
  // Where both columns end, a heading opens the text that follows across the page.
  const ended = rows.findIndex((row, index) => {
    const previous = rows[index - 1];
    const close = index > lastRight && index <= lastRight + RAGGED;
    return close && previous !== undefined && isHeadingAlone(row, usualSize) && wide(previous, row);
  });
  if (ended !== -1 && region[to] && isSideBySide(rows.slice(0, ended))) {
    return { rows: rows.slice(0, ended), from, to: to - (rows.length - ended) };
  }
  const after = far === -1 ? asRow(region[to]) : null;
  if (after) {
    let tail = rows.length;
    for (let index = rows.length - 1; index > 0 && tail === rows.length; index--) {
      const [row, next] = [rows[index - 1], rows[index]];
      if (row && next && wide(row, next)) tail = index;
    }
    const last = rows.at(-1);
    const joinsAfter = last !== undefined && !wide(last, after) && rows.length - tail <= tail;
    const headsAfter = tail === rows.length - 1 && last !== undefined && isHeadingAlone(last, usualSize);
    if (tail < rows.length && (joinsAfter || headsAfter)) {
      to -= rows.length - tail;
      rows = rows.slice(0, tail);
    }
  }
  return rows.length > 0 && isSideBySide(rows) ? { rows, from, to } : band;
}

/** Rows of a table with cells of several lines: separated by white space, cells starting on one baseline. */
function tableRows(rows: readonly BandRow[], usualSize: number): BandRow[][] {
  const groups = groupsOf(rows, usualSize);
  const opens = ([first]: readonly BandRow[]) => first !== undefined && first.left.length > 0 && first.right.length > 0;
  const isTableRow = (group: readonly BandRow[]) =>
    opens(group) && group.filter((row) => row.left.length > 0).length <= 2;
  if (groups.length >= 3 && groups.every(isTableRow)) return groups;
  // Tables of periods below each other: each row opens with its dates, and only headings stand alone.
  const isHeading = ([row, ...more]: readonly BandRow[]) =>
    row !== undefined && more.length === 0 && isHeadingAlone(row, usualSize);
  const entries = groups.filter((group) => !isHeading(group));
  const dated = entries.filter((group) => group[0]?.left[0] && namesTime(group[0].left[0].text));
  const tabular = entries.every(opens) && dated.length >= 3 && dated.length >= entries.length * 0.6;
  return tabular ? groups : [[...rows]];
}

/** The most telling gutter of the region, if it is one between columns; `null` when the region is read straight on. */
export function findColumns(fragments: readonly Fragment[], usualSize: number): Columns | null {
  const rows = rowsOf(fragments, FACING);
  const width = GUTTER * usualSize;
  const edges = [...new Set(fragments.map((fragment) => Math.ceil(fragment.right)))].sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(edges.length / MAX_CANDIDATES));
  const seen = new Set<string>();
  let best: Band | null = null;

  for (let index = 0; index < edges.length; index += step) {
    const gutter = edges[index] ?? 0;
    const blocks = (fragment: Fragment) => fragment.x < gutter + width && fragment.right > gutter + 0.01;
    let from = 0;
    for (let to = 0; to <= rows.length; to++) {
      if (to < rows.length && !rows[to]?.some(blocks)) continue;
      const first = from;
      from = to + 1;
      if (to - first < 2 || (best && to - first <= best.to - best.from)) continue;
      const band: Band = { from: first, to, rows: bandRows(rows.slice(first, to), gutter) };
      const lefts = band.rows.reduce((sum, row) => sum + row.left.length, 0);
      const key = `${first} ${to} ${lefts}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const columns = columnsWithin(band, usualSize);
      if (columns && (!best || columns.rows.length > best.rows.length)) best = columns;
    }
  }
  if (!best) return null;
  const band = trimmed(best, rows, usualSize);
  return {
    above: rows.slice(0, band.from).flat(),
    pairs: tableRows(band.rows, usualSize).map((group) => ({
      left: group.flatMap((row) => row.left),
      right: group.flatMap((row) => row.right),
    })),
    below: rows.slice(band.to).flat(),
  };
}
