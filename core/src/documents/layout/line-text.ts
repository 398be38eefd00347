import { cleanCharacters, isBullet, isRightToLeft, namesTime } from './characters.ts';
import type { Fragment, Run } from './run.ts';

/** Gaps as shares of the font size. Word spaces measure 0.2 to 0.35; kerning moves letters by less than 0.1. */
const WORD_GAP = 0.15;
const HINTED_WORD_GAP = 0.04;
/** From here on a gap separates cells or a right-aligned part; it becomes a tab. */
export const WIDE_GAP = 1.2;

/** Letters set apart one by one, as in `E X P E R I E N C E`: three at least, or it could be anything. */
const SPACED_LETTERS = /^\P{M}\p{M}*(?: \P{M}\p{M}*){2,}$/u;
const FEW_SPACED_LETTERS = /^\p{L}\p{M}*(?: \p{L}\p{M}*)?$/u;

function joinLetters(text: string): string {
  return text.replaceAll(' ', '');
}

function isSpacedLetters(text: string): boolean {
  return SPACED_LETTERS.test(text) && /\p{L}.*\p{L}.*\p{L}/u.test(text) && !/^[\d\s.,/-]+$/.test(text);
}

/** Whether letter-spacing is how the whole of the text was set: every piece is, and at least one with certainty. */
function isLetterSpaced(pieces: readonly string[]): boolean {
  const words = pieces.filter((piece) => piece.trim() !== '');
  return (
    words.some(isSpacedLetters) &&
    words.every((word) => isSpacedLetters(word) || FEW_SPACED_LETTERS.test(word) || /^[&/|–—-]$/.test(word))
  );
}

/** Two kinds of gap in a row of single letters: the smaller within words, the larger between them. */
function wordsOfSingleLetters(runs: readonly Run[]): string | null {
  const letters = runs.filter((run) => run.text.trim() !== '');
  if (letters.length < 4 || !letters.every((run) => [...run.text.trim()].length === 1)) return null;
  const gaps = letters.slice(1).map((run, index) => run.x - (letters[index]?.right ?? run.x));
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const size = letters[0]?.size ?? 1;
  if (usual < WORD_GAP * size) return null;
  let text = '';
  for (const [index, run] of letters.entries()) {
    const gap = index === 0 ? 0 : (gaps[index - 1] ?? 0);
    if (index > 0 && gap > usual * 1.6 && gap > usual + WORD_GAP * size) text += ' ';
    text += run.text.trim();
  }
  return text;
}

/**
 * Joins neighbouring runs, in the order of reading, with a space where the eye sees one. Numbers alone follow
 * the direction of the page.
 */
export function textOfRuns(runs: readonly Run[], rtlPage: boolean): string {
  const single = wordsOfSingleLetters(runs);
  if (single) return cleanCharacters(single);
  const spaced = isLetterSpaced(runs.map((run) => run.text.trim()));
  const all = runs.map((run) => run.text).join('');
  const rtl = isRightToLeft(all) || (rtlPage && !/\p{L}/u.test(all));
  const ordered = rtl ? runs.toReversed() : runs;
  let text = '';
  let previous: Run | undefined;
  for (const run of ordered) {
    if (previous) {
      const gap = rtl ? previous.x - run.right : run.x - previous.right;
      const size = Math.max(previous.size, run.size);
      const hinted = rtl ? previous.spaced : run.spaced;
      if (gap > WORD_GAP * size || (hinted && gap > HINTED_WORD_GAP * size)) text += ' ';
    }
    text += spaced ? joinLetters(run.text.trim()) : run.text;
    previous = run;
  }
  return cleanCharacters(text).replace(/ {2,}/g, ' ').trim();
}

/** Dots, dashes or underscores that lead the eye across a gap. */
const LEADERS = /\s*(?:[.·…_]\s?){4,}\s*/g;

/** Where the text beside a narrow column of dates starts: at one place, however close the dates come to it. */
function startsBesideDates(lines: readonly (readonly Fragment[])[]): number[] {
  const starts = lines.flatMap(([dates, text]) => (dates && text && namesTime(dates.text) ? [text.x] : []));
  return starts.filter((start) => starts.filter((other) => Math.abs(other - start) < 0.5).length >= 3);
}

/** Where cells of a table start: where fragments do after a wide gap, in some line. */
export function tabStopsOf(lines: readonly (readonly Fragment[])[]): number[] {
  const cells = lines.flatMap((line) =>
    line
      .slice(1)
      .filter((fragment, index) => fragment.x - (line[index]?.right ?? 0) > WIDE_GAP * fragment.size)
      .map((fragment) => fragment.x),
  );
  return [...cells, ...startsBesideDates(lines)];
}

/**
 * One line of text from its fragments, left to right on the page. Wide gaps and leader dots become a tab, and so do
 * gaps that end where cells of other lines start.
 */
export function textOfLine(fragments: readonly Fragment[], tabStops: readonly number[]): string {
  const rtl = isRightToLeft(fragments.map((fragment) => fragment.text).join(''));
  const ordered = rtl ? fragments.toReversed() : fragments;
  const spaced =
    ordered.length > 1 && isLetterSpaced(ordered.flatMap((part) => part.runs.map((run) => run.text.trim())));
  let text = '';
  let previous: Fragment | undefined;
  for (const fragment of ordered) {
    if (previous) {
      const gap = rtl ? previous.x - fragment.right : fragment.x - previous.right;
      const wide =
        gap > WIDE_GAP * Math.max(previous.size, fragment.size) ||
        tabStops.some((stop) => Math.abs(stop - fragment.x) < 0.2 * fragment.size);
      text += wide && !spaced && !isBullet(previous.text) ? '\t' : ' ';
    }
    text += spaced ? joinLetters(fragment.text) : fragment.text;
    previous = fragment;
  }
  return text.replace(LEADERS, (leaders, at: number) => (at === 0 || at + leaders.length === text.length ? '' : '\t'));
}
