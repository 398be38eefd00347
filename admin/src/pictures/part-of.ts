/** A `square` shows the middle of a picture, `whole` all of it. */
export type Framing = 'square' | 'whole';

/** Twice as many pixels as any place shows. */
const LONGEST_SIDE = 512;

export interface Part {
  /** Of the picture. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Drawn as large as this. */
  toWidth: number;
  toHeight: number;
}

/** Which part of a picture is kept, and how large. Nothing is made larger than it is. */
export function partOf(width: number, height: number, framing: Framing): Part {
  const shorter = Math.min(width, height);
  const kept = framing === 'square' ? { width: shorter, height: shorter } : { width, height };
  const scale = Math.min(1, LONGEST_SIDE / Math.max(kept.width, kept.height));
  return {
    x: Math.floor((width - kept.width) / 2),
    y: Math.floor((height - kept.height) / 2),
    ...kept,
    toWidth: Math.max(1, Math.round(kept.width * scale)),
    toHeight: Math.max(1, Math.round(kept.height * scale)),
  };
}
