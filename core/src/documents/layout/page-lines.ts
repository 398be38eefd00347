import type { DocumentLine } from '@bazaar/sdk';
import { fragmentsOf } from './fragments.ts';
import { tabStopsOf, textOfLine, WIDE_GAP } from './line-text.ts';
import { type Region, regionsOf } from './reading-order.ts';
import { ASCENT, DESCENT, type Fragment, type Run } from './run.ts';

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Whether a line is set in bold, up to its first wide gap: the date beside a bold title is seldom bold. */
function isBold(fragments: readonly Fragment[]): boolean {
  const end = fragments.findIndex(
    (fragment, index) => index > 0 && fragment.x - (fragments[index - 1]?.right ?? 0) > WIDE_GAP * fragment.size,
  );
  let bold = 0;
  let all = 0;
  for (const run of fragments.slice(0, end === -1 ? fragments.length : end).flatMap((fragment) => fragment.runs)) {
    const letters = run.text.replace(/\s/g, '').length;
    all += letters;
    if (run.bold) bold += letters;
  }
  return bold * 2 > all;
}

function lineOf(fragments: readonly Fragment[], tabStops: readonly number[], block: number): DocumentLine {
  const x = Math.min(...fragments.map((fragment) => fragment.x));
  const top = Math.min(...fragments.map((fragment) => fragment.baseline - ASCENT * fragment.size));
  const bottom = Math.max(...fragments.map((fragment) => fragment.baseline + DESCENT * fragment.size));
  return {
    text: textOfLine(fragments, tabStops),
    x: round(x),
    y: round(top),
    width: round(Math.max(...fragments.map((fragment) => fragment.right)) - x),
    height: round(bottom - top),
    bold: isBold(fragments),
    block,
  };
}

function sizeOf(row: readonly Fragment[]): number {
  return Math.max(...row.map((fragment) => fragment.size));
}

/** Line pitch as a share of the font size. */
function pitch(row: readonly Fragment[], next: readonly Fragment[]): number {
  return ((next[0]?.baseline ?? 0) - (row[0]?.baseline ?? 0)) / Math.max(sizeOf(row), sizeOf(next));
}

/** Where a region's blocks start: after a gap wider than usual, or where the type changes size. */
function blockStarts(region: Region): Set<number> {
  const pitches = region.slice(1).map((row, index) => pitch(region[index] ?? row, row));
  // The usual pitch is that of running text, among the closest there are, however many paragraphs and headings.
  const sorted = pitches.filter((value) => value > 0.5).sort((a, b) => a - b);
  const usual = Math.min(sorted[Math.floor(sorted.length * 0.25)] ?? 1.2, 2);
  const starts = new Set([0]);
  for (const [index, value] of pitches.entries()) {
    const row = region[index] ?? [];
    const next = region[index + 1] ?? [];
    const ratio = sizeOf(next) / sizeOf(row);
    if (value > usual * 1.3 || ratio > 1.15 || ratio < 0.87) starts.add(index + 1);
  }
  return starts;
}

/** Lays out the runs of one page: its lines in reading order, with blocks numbered from `firstBlock`. */
export function pageLines(runs: readonly Run[], firstBlock: number): DocumentLine[] {
  const lines: DocumentLine[] = [];
  let block = firstBlock - 1;
  for (const region of regionsOf(fragmentsOf(runs))) {
    const starts = blockStarts(region);
    const tabStops = tabStopsOf(region);
    for (const [index, row] of region.entries()) {
      if (starts.has(index)) block++;
      const line = lineOf(row, tabStops, block);
      if (line.text !== '') lines.push(line);
    }
  }
  return lines;
}
