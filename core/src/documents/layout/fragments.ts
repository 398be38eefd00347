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

/** Superscripts and subscripts join the text they are attached to. */
function attachRaised(pieces: Run[][]): Run[][] {
  const boxes = pieces.map((runs) => ({
    runs,
    x: Math.min(...runs.map((run) => run.x)),
    right: Math.max(...runs.map((run) => run.right)),
    size: Math.max(...runs.map((run) => run.size)),
    baseline: runs[0]?.baseline ?? 0,
  }));
  const kept: typeof boxes = [];
  // Pieces come top to bottom, so the text a raised piece belongs to stands near it in the list.
  for (const [index, box] of boxes.entries()) {
    const host = boxes
      .slice(Math.max(0, index - 8), index + 9)
      .find(
        (other) =>
          other !== box &&
          box.size <= 0.92 * other.size &&
          Math.abs(box.baseline - other.baseline) <= 0.6 * other.size &&
          Math.abs(box.baseline - other.baseline) > 0 &&
          box.x >= other.x &&
          box.x <= other.right + 0.35 * other.size,
      );
    if (host) {
      host.runs.push(...box.runs);
      host.runs.sort((a, b) => a.x - b.x);
    } else {
      kept.push(box);
    }
  }
  return kept.map((box) => box.runs);
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
