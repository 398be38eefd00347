/** `[a, b, c, d, e, f]`: a point (x, y) becomes (ax + cy + e, bx + dy + f). */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** An area filled in one go. `colour` is `null` where it cannot be told: pictures, patterns, transparent fills. */
export interface PaintedArea {
  box: Box;
  /** Closed outlines as flat lists of coordinates; none for the whole box. */
  outlines: readonly number[][];
  evenOdd: boolean;
  colour: string | null;
}

/** Text set in one go, as it is painted. */
export interface PaintedText {
  text: string;
  /** Where it starts and ends on its baseline, and where the middle of its letters is. */
  from: readonly [number, number];
  to: readonly [number, number];
  middle: readonly [number, number];
  /** Font size in the page's units. */
  size: number;
  colour: string | null;
  /** Neither filled nor stroked, as the text that lies over a scan is. */
  unpainted: boolean;
  opacity: number;
  clip: Box;
  /** How many areas were painted before it. */
  over: number;
}

export interface Painting {
  areas: PaintedArea[];
  texts: PaintedText[];
}

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
export const EVERYWHERE: Box = { left: -1e9, top: -1e9, right: 1e9, bottom: 1e9 };

export function multiply(m: Matrix, n: Matrix): Matrix {
  const [a, b, c, d, e, f] = m;
  const [p, q, r, s, t, u] = n;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function boxOf(points: readonly number[]): Box {
  const xs = points.filter((_, index) => index % 2 === 0);
  const ys = points.filter((_, index) => index % 2 === 1);
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

export function intersection(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

export function holds(box: Box, [x, y]: readonly [number, number], margin = 0): boolean {
  return x >= box.left - margin && x <= box.right + margin && y >= box.top - margin && y <= box.bottom + margin;
}

/** How often the outlines go around a point, and whether an odd number of their edges lies to its right. */
function turns(outlines: readonly number[][], [x, y]: readonly [number, number]): { winding: number; odd: boolean } {
  let winding = 0;
  let odd = false;
  for (const outline of outlines) {
    for (let index = 0; index < outline.length; index += 2) {
      const next = (index + 2) % outline.length;
      const [x1 = 0, y1 = 0] = [outline[index], outline[index + 1]];
      const [x2 = 0, y2 = 0] = [outline[next], outline[next + 1]];
      if (y1 > y === y2 > y || x >= x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) continue;
      odd = !odd;
      winding += y2 > y1 ? 1 : -1;
    }
  }
  return { winding, odd };
}

/** Whether the area covers a point. */
export function covers(area: PaintedArea, point: readonly [number, number]): boolean {
  if (!holds(area.box, point)) return false;
  if (area.outlines.length === 0) return true;
  const { winding, odd } = turns(area.outlines, point);
  return area.evenOdd ? odd : winding !== 0;
}
