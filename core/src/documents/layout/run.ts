/**
 * A piece of text that was set in one go. Lengths are points from the top left corner of the page; `baseline` grows
 * downwards.
 */
export interface Run {
  text: string;
  x: number;
  right: number;
  baseline: number;
  /** Font size. */
  size: number;
  bold: boolean;
  /** White space was set before it. */
  spaced: boolean;
}

/** Neighbouring runs on one baseline, without a gap as wide as one between columns or before a tab. */
export interface Fragment {
  runs: Run[];
  text: string;
  x: number;
  right: number;
  baseline: number;
  size: number;
}

/** Height above and below the baseline that text of a size takes, as shares of the size. */
export const ASCENT = 0.8;
export const DESCENT = 0.2;
