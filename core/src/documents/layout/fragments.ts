import { isBullet, isRightToLeft } from './characters.ts';
import { textOfRuns } from './line-text.ts';
import type { Fragment, Run } from './run.ts';

/** Baselines closer than this share of the font size are one line. */
const SAME_LINE = 0.25;
/** A gap as wide as this share of the font size ends a fragment. */
const FRAGMENT_GAP = 0.75;
/** After a list mark the text may start this far away. */
const BULLET_GAP = 4;

function fragmentOf(runs: Run[], rtlPage: boolean): Fragment {
  const main = runs.reduce((widest, run) => (run.right - run.x > widest.right - widest.x ? run : widest));
  return {
    runs,
    text: textOfRuns(runs, rtlPage),
    x: Math.min(...runs.map((run) => run.x)),
    right: Math.max(...runs.map((run) => run.right)),
    baseline: main.baseline,
    size: main.size,
  };
}

/** Items on nearly the same baseline, top to bottom. */
export function rowsOf<Item extends { baseline: number; size: number }>(
  items: readonly Item[],
  tolerance: number,
): Item[][] {
  const rows: Item[][] = [];
  let row: Item[] = [];
  let reference: Item | undefined;
  for (const item of items.toSorted((a, b) => a.baseline - b.baseline)) {
    if (reference && item.baseline - reference.baseline <= tolerance * Math.min(item.size, reference.size)) {
      row.push(item);
    } else {
      row = [item];
      rows.push(row);
      reference = item;
    }
  }
  return rows;
}

/** Text set twice with a small offset looks bold: keep one, as bold. Shadows are drawn so too. */
function withoutDoubles(row: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of row) {
    const twin = kept.findLast((other) => other.text === run.text && Math.abs(other.x - run.x) < 0.3 * run.size);
    if (twin) twin.bold = true;
    else kept.push({ ...run });
  }
  return kept;
}

function splitAtGaps(row: readonly Run[]): Run[][] {
  const pieces: Run[][] = [];
  let piece: Run[] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const run of row) {
    const limit = piece.length === 1 && isBullet(piece[0]?.text ?? '') ? BULLET_GAP : FRAGMENT_GAP;
    if (piece.length > 0 && run.x - right <= limit * run.size) {
      piece.push(run);
    } else {
      piece = [run];
      pieces.push(piece);
    }
    right = Math.max(right, run.right);
  }
  return pieces;
}

interface Box {
  runs: Run[];
  x: number;
  right: number;
  size: number;
  baseline: number;
}

/** A raised or lowered piece stands in a place of its own within or right after its text, and is smaller. */
function isRaised(box: Box, host: Box): boolean {
  const rise = (host.baseline - box.baseline) / host.size;
  const ratio = box.size / host.size;
  if (ratio > 0.92 || ratio < 0.4 || rise === 0 || rise > 0.6 || rise < -0.5) return false;
  if (box.x < host.x || box.x > host.right + 0.35 * host.size) return false;
  const covered = host.runs.some(
    (run) => Math.min(run.right, box.right) - Math.max(run.x, box.x) > 0.3 * (box.right - box.x),
  );
  return !covered;
}

/** Superscripts and subscripts join the text they are attached to. */
function attachRaised(pieces: readonly Run[][]): Run[][] {
  const boxes: Box[] = pieces.map((runs) => ({
    runs,
    x: Math.min(...runs.map((run) => run.x)),
    right: Math.max(...runs.map((run) => run.right)),
    size: Math.max(...runs.map((run) => run.size)),
    baseline: runs[0]?.baseline ?? 0,
  }));
  const attached = new Set<Box>();
  // Pieces come top to bottom, so the text a raised piece belongs to stands near it in the list.
  for (const [index, box] of boxes.entries()) {
    const near = boxes.slice(Math.max(0, index - 8), index + 9);
    const host = near.find((other) => other !== box && !attached.has(other) && isRaised(box, other));
    if (!host) continue;
    host.runs = [...host.runs, ...box.runs].sort((a, b) => a.x - b.x);
    host.right = Math.max(host.right, box.right);
    attached.add(box);
  }
  return boxes.filter((box) => !attached.has(box)).map((box) => box.runs);
}

/** Gathers runs into fragments, top to bottom and left to right. */
export function fragmentsOf(runs: readonly Run[]): Fragment[] {
  const pieces = rowsOf(runs, SAME_LINE).flatMap((row) =>
    splitAtGaps(withoutDoubles(row.toSorted((a, b) => a.x - b.x))),
  );
  const rtl = isRightToLeft(runs.map((run) => run.text).join(''));
  return attachRaised(pieces)
    .map((piece) => fragmentOf(piece, rtl))
    .filter((fragment) => fragment.text !== '');
}
