import { LIMITS } from '../limits.ts';
import {
  apply,
  type Box,
  boxOf,
  EVERYWHERE,
  IDENTITY,
  intersection,
  type Matrix,
  multiply,
  type Painting,
} from './painting.ts';

/** What pdf.js says a page draws: numbers of operators, each with its arguments. */
export interface OperatorList {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

interface State {
  ctm: Matrix;
  clip: Box;
  /** `null`: a pattern. */
  colour: string | null;
  opacity: number;
  mode: number;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  leading: number;
  stretch: number;
  rise: number;
  /** Nothing was painted since the last change of the coordinates: what stood here is a picture pdf.js left out. */
  empty: boolean;
}

interface Glyph {
  unicode?: string;
  width?: number;
  isSpace?: boolean;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const numbers = (value: unknown): number[] =>
  Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<unknown>, Number) : [];

function matrixOf(value: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(value);
  return [a, b, c, d, e, f];
}

/** A path as pdf.js packs it: 0 move, 1 line, 2 cubic and 3 quadratic curve, 4 close; curves become chords. */
function outlinesOf(path: readonly number[], ctm: Matrix): number[][] {
  const outlines: number[][] = [];
  const LENGTHS = [2, 2, 6, 4, 0];
  for (let at = 0; at < path.length; ) {
    const kind = path[at] ?? 4;
    const length = LENGTHS[kind];
    if (length === undefined) return [];
    const [x = 0, y = 0] = path.slice(at + length - 1, at + length + 1);
    if (kind === 0) outlines.push([]);
    if (kind !== 4) outlines.at(-1)?.push(...apply(ctm, x, y));
    at += length + 1;
  }
  return outlines.filter((outline) => outline.length >= 6);
}

/**
 * What a page paints, in the page's own coordinates and in the order of painting: filled areas, places of pictures, and
 * text with its colour. `null` when the page draws too much to be judged.
 */
export function paintingOf(list: OperatorList, codes: Readonly<Record<string, number>>): Painting | null {
  if (list.fnArray.length > LIMITS.operatorsPerPage) return null;
  const names = new Map(Object.entries(codes).map(([name, code]) => [code, name]));
  const painting: Painting = { areas: [], texts: [] };
  const stack: State[] = [];
  let state: State = {
    ctm: IDENTITY,
    clip: EVERYWHERE,
    colour: '#000000',
    opacity: 1,
    mode: 0,
    size: 0,
    charSpacing: 0,
    wordSpacing: 0,
    leading: 0,
    stretch: 1,
    rise: 0,
    empty: false,
  };
  let line = IDENTITY;
  let cursor = IDENTITY;
  let clips = false;

  const cover = (box: Box, colour: string | null, outlines: number[][] = [], evenOdd = false): void => {
    const seen = intersection(box, state.clip);
    if (seen.left < seen.right && seen.top < seen.bottom)
      painting.areas.push({ box: seen, outlines, evenOdd, colour: state.opacity === 1 ? colour : null });
    for (const one of stack) one.empty = false;
    state.empty = false;
  };
  const unitSquare = (): Box =>
    boxOf(
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ].flatMap(([x = 0, y = 0]) => apply(state.ctm, x, y)),
    );
  const restore = (): void => {
    if (state.empty) cover(unitSquare(), null);
    state = stack.pop() ?? state;
  };
  const moveLine = (x: number, y: number): void => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    cursor = line;
  };

  const show = (glyphs: readonly unknown[]): void => {
    let text = '';
    let advance = 0;
    for (const glyph of glyphs) {
      if (isNumber(glyph)) advance -= (glyph / 1000) * state.size;
      else if (typeof glyph === 'object' && glyph !== null) {
        const { unicode = '', width = 0, isSpace } = glyph as Glyph;
        text += unicode;
        advance += (width / 1000) * state.size + state.charSpacing + (isSpace ? state.wordSpacing : 0);
      }
    }
    advance *= state.stretch;
    const frame = multiply(state.ctm, cursor);
    const end = multiply(cursor, [1, 0, 0, 1, advance, 0]);
    painting.texts.push({
      text,
      from: apply(frame, 0, state.rise),
      to: apply(frame, advance, state.rise),
      middle: apply(frame, advance / 2, state.rise + state.size * 0.3),
      size: Math.hypot(frame[2], frame[3]) * Math.abs(state.size),
      colour: state.colour,
      unpainted: state.mode === 3 || state.mode === 7,
      opacity: state.opacity,
      clip: state.clip,
      over: painting.areas.length,
    });
    cursor = end;
    state.empty = false;
  };

  const path = ([operator, data, extent]: readonly unknown[]): void => {
    const paint = isNumber(operator) ? (names.get(operator) ?? '') : '';
    const [left = 0, top = 0, right = 0, bottom = 0] = numbers(extent);
    const box = boxOf(
      [
        [left, top],
        [right, top],
        [left, bottom],
        [right, bottom],
      ].flatMap(([x = 0, y = 0]) => apply(state.ctm, x, y)),
    );
    if (/fill/i.test(paint)) {
      const [packed] = Array.isArray(data) ? (data as unknown[]) : [];
      cover(box, state.colour, outlinesOf(numbers(packed ?? data), state.ctm), /eofill/i.test(paint));
    }
    // Most clips are boxes; of others the box is more than they show, and nothing is called hidden that is not.
    if (clips) state = { ...state, clip: intersection(state.clip, box) };
    clips = false;
    state.empty = false;
  };

  const operators: Record<string, (args: readonly unknown[]) => void> = {
    save: () => {
      stack.push({ ...state });
      state = { ...state, empty: false };
    },
    restore,
    transform: (args) => {
      state = { ...state, ctm: multiply(state.ctm, matrixOf(args)), empty: true };
    },
    paintFormXObjectBegin: ([matrix, bounds]) => {
      stack.push({ ...state });
      state = { ...state, ctm: multiply(state.ctm, matrixOf(matrix)), empty: false };
      const [left = 0, top = 0, right = 0, bottom = 0] = numbers(bounds);
      const corners = [left, top, right, top, left, bottom, right, bottom];
      if (numbers(bounds).length === 4) {
        const placed = [0, 2, 4, 6].flatMap((at) => apply(state.ctm, corners[at] ?? 0, corners[at + 1] ?? 0));
        state.clip = intersection(state.clip, boxOf(placed));
      }
    },
    paintFormXObjectEnd: restore,
    setGState: ([entries]) => {
      for (const entry of Array.isArray(entries) ? (entries as unknown[]) : []) {
        const [key, value] = Array.isArray(entry) ? (entry as unknown[]) : [];
        if (key === 'ca' && isNumber(value)) state = { ...state, opacity: value };
      }
    },
    setFillRGBColor: ([colour]) => {
      state = { ...state, colour: typeof colour === 'string' ? colour : null };
    },
    setFillColorN: () => {
      state = { ...state, colour: null };
    },
    setFillTransparent: () => {
      state = { ...state, colour: null };
    },
    clip: () => {
      clips = true;
    },
    eoClip: () => {
      clips = true;
    },
    constructPath: path,
    shadingFill: () => cover(state.clip, null),
    beginText: () => {
      line = IDENTITY;
      cursor = IDENTITY;
    },
    setFont: ([, size]) => {
      state = { ...state, size: isNumber(size) ? size : 0 };
    },
    setTextRenderingMode: ([mode]) => {
      state = { ...state, mode: isNumber(mode) ? mode : 0 };
    },
    setCharSpacing: ([value]) => {
      state = { ...state, charSpacing: isNumber(value) ? value : 0 };
    },
    setWordSpacing: ([value]) => {
      state = { ...state, wordSpacing: isNumber(value) ? value : 0 };
    },
    setHScale: ([value]) => {
      state = { ...state, stretch: isNumber(value) ? value / 100 : 1 };
    },
    setTextRise: ([value]) => {
      state = { ...state, rise: isNumber(value) ? value : 0 };
    },
    setLeading: ([value]) => {
      state = { ...state, leading: isNumber(value) ? -value : 0 };
    },
    setTextMatrix: (args) => {
      line = matrixOf(args.length === 1 ? args[0] : args);
      cursor = line;
    },
    moveText: ([x, y]) => moveLine(Number(x), Number(y)),
    setLeadingMoveText: ([x, y]) => {
      state = { ...state, leading: Number(y) };
      moveLine(Number(x), Number(y));
    },
    nextLine: () => moveLine(0, state.leading),
    showText: ([glyphs]) => show(Array.isArray(glyphs) ? (glyphs as unknown[]) : []),
  };

  for (const [index, code] of list.fnArray.entries()) {
    if (painting.areas.length > LIMITS.areasPerPage) return null;
    const name = names.get(code) ?? '';
    const args = list.argsArray[index];
    const operator = operators[name];
    if (operator)
      operator(Array.isArray(args) || ArrayBuffer.isView(args) ? Array.from(args as ArrayLike<unknown>) : []);
    else if (name.startsWith('paint')) cover(/Repeat|Group/.test(name) ? state.clip : unitSquare(), null);
  }
  return painting;
}
