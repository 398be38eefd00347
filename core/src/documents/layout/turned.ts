import type { DocumentLine } from '@bazaar/sdk';
import { pageLines } from './page-lines.ts';
import type { Run } from './run.ts';

/** A run as it stands on the page: `angle` in degrees, clockwise; `x` and `baseline` where it starts. */
export interface PlacedRun extends Run {
  angle: number;
}

/** Text is upright within this many degrees; scans and printers tilt a little. */
const UPRIGHT = 5;

function turned(x: number, y: number, degrees: number): [number, number] {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return [x * cos - y * sin, x * sin + y * cos];
}

/** A line laid out in a turned frame, with the box it takes on the page. */
function turnedBack(line: DocumentLine, degrees: number): DocumentLine {
  const corners = [
    turned(line.x, line.y, degrees),
    turned(line.x + line.width, line.y, degrees),
    turned(line.x, line.y + line.height, degrees),
    turned(line.x + line.width, line.y + line.height, degrees),
  ];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const round = (value: number) => Math.round(value * 10) / 10;
  return { ...line, x: round(x), y: round(y), width: round(Math.max(...xs) - x), height: round(Math.max(...ys) - y) };
}

/**
 * Lines of a page in reading order. Text that is turned (margin notes, watermarks) is laid out by itself in its own
 * direction and follows the rest; a page that is all turned reads as it would when held right.
 */
export function linesOfPage(runs: readonly PlacedRun[], firstBlock: number): DocumentLine[] {
  const directions = new Map<number, PlacedRun[]>();
  for (const run of runs) {
    const nearest = Math.round(run.angle / 90) * 90;
    const angle = Math.abs(run.angle - nearest) <= UPRIGHT ? ((nearest % 360) + 360) % 360 : Math.round(run.angle);
    const group = directions.get(angle);
    if (group) group.push(run);
    else directions.set(angle, [run]);
  }
  // A page is upright unless most of it is not.
  const amount = ([angle, group]: [number, PlacedRun[]]) =>
    group.reduce((sum, run) => sum + run.text.length, 0) * (angle === 0 ? 2 : 1);
  const lines: DocumentLine[] = [];
  for (const [angle, group] of [...directions].sort((a, b) => amount(b) - amount(a))) {
    const frame = group.map((run) => {
      if (angle === 0) return run;
      const [x, baseline] = turned(run.x, run.baseline, -angle);
      return { ...run, x, right: x + run.right - run.x, baseline };
    });
    const next = (lines.at(-1)?.block ?? firstBlock - 1) + 1;
    const laidOut = pageLines(frame, next);
    lines.push(...(angle === 0 ? laidOut : laidOut.map((line) => turnedBack(line, angle))));
  }
  return lines;
}
