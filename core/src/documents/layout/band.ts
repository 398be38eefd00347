import { rowsOf } from './fragments.ts';
import { ASCENT, DESCENT, type Fragment } from './run.ts';

/** Baselines this close (share of the smaller font size) face each other across a gutter. */
export const FACING = 0.4;

/** One line across a possible gutter: what stands left and right of it. */
export interface BandRow {
  baseline: number;
  size: number;
  left: Fragment[];
  right: Fragment[];
  /** Only one side has text, and nothing on the other side stands beside it. */
  alone: boolean;
}

export type Side = 'left' | 'right';

export function sizeOf(fragments: readonly Fragment[]): number {
  return fragments.reduce((size, fragment) => Math.max(size, fragment.size), 0);
}

export function textOf(fragments: readonly Fragment[]): string {
  return fragments.map((fragment) => fragment.text).join(' ');
}

/** Lines nearer than this (share of the font size) are not below each other, even if no glyphs overlap. */
const BESIDE = 0.95;

function besideAny(row: readonly Fragment[], other: readonly Fragment[]): boolean {
  const height = (fragment: Fragment) => ASCENT * fragment.size * 0.9;
  return row.some((own) =>
    other.some((fragment) => {
      const below = fragment.baseline - own.baseline;
      const overlap = below > 0 ? height(fragment) : height(own);
      return Math.abs(below) < Math.max(overlap, BESIDE * Math.min(own.size, fragment.size));
    }),
  );
}

/** The lines of a band, seen as divided by a gutter that starts at `gutter`. */
export function bandRows(rows: readonly (readonly Fragment[])[], gutter: number): BandRow[] {
  const isLeft = (fragment: Fragment) => fragment.right <= gutter + 0.01;
  const split = rows.map((row) => ({
    left: row.filter(isLeft).toSorted((a, b) => a.x - b.x),
    right: row.filter((fragment) => !isLeft(fragment)).toSorted((a, b) => a.x - b.x),
  }));
  return split.map(({ left, right }, index) => {
    const own = left.length > 0 ? left : right;
    const side: Side = left.length > 0 ? 'right' : 'left';
    // Rows are sorted, so only close ones can stand beside this one.
    const near = split.slice(Math.max(0, index - 4), index + 5).flatMap((row) => row[side]);
    return {
      baseline: own[0]?.baseline ?? 0,
      size: sizeOf([...left, ...right]),
      left,
      right,
      alone: (left.length === 0 || right.length === 0) && !besideAny(own, near),
    };
  });
}

/** The usual distance of baselines on either side, as a share of the font size. */
export function usualPitch(rows: readonly BandRow[]): number {
  const pitches: number[] = [];
  for (const side of ['left', 'right'] as const) {
    const lines = rowsOf(
      rows.flatMap((row) => row[side]),
      FACING,
    );
    for (const [index, line] of lines.slice(1).entries()) {
      const distance = (line[0]?.baseline ?? 0) - (lines[index]?.[0]?.baseline ?? 0);
      const pitch = distance / sizeOf(line);
      if (pitch > 0.8) pitches.push(pitch);
    }
  }
  pitches.sort((a, b) => a - b);
  // The closest lines are those of one paragraph; most others start a new one.
  return Math.min(pitches[Math.floor(pitches.length * 0.2)] ?? 1.2, 2);
}

/** White space over the full width between one row and the next, in points. Negative when they overlap. */
export function gapBetween(row: Pick<BandRow, 'left' | 'right'>, next: Pick<BandRow, 'left' | 'right'>): number {
  const bottom = Math.max(
    ...[...row.left, ...row.right].map((fragment) => fragment.baseline + DESCENT * fragment.size),
  );
  const top = Math.min(...[...next.left, ...next.right].map((fragment) => fragment.baseline - ASCENT * fragment.size));
  return top - bottom;
}
