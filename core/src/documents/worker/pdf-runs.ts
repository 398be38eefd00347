import type { PlacedRun } from '../layout/turned.ts';
import { LIMITS } from '../limits.ts';
import type { Parts, ReadText } from './hidden-text.ts';
import { type PlacedLink, readableTarget } from './links.ts';

/** A piece of text as pdf.js reports it; marked content without text is another shape. */
interface TextItem {
  str: string;
  transform: number[];
  width: number;
  fontName: string;
}

export interface PageText {
  items: readonly unknown[];
  /** From the page's own coordinates to points from the top left corner. */
  viewport: { transform: readonly number[]; width: number; height: number };
  isBold(fontName: string): boolean;
  /** What of a piece of text a person sees. */
  sight(item: ReadText): Parts;
}

/** A filled-in field of a form, as pdf.js reports annotations. */
interface FilledField {
  subtype: 'Widget';
  fieldValue: string;
  /** Left, bottom, right, top in the page's own coordinates. */
  rect: [number, number, number, number];
}

function isFilledField(annotation: unknown): annotation is FilledField {
  if (typeof annotation !== 'object' || annotation === null) return false;
  const { subtype, fieldValue, fieldType, rect, hidden } = annotation as Record<string, unknown>;
  return (
    subtype === 'Widget' &&
    (fieldType === 'Tx' || fieldType === 'Ch') &&
    hidden !== true &&
    typeof fieldValue === 'string' &&
    fieldValue.trim() !== '' &&
    Array.isArray(rect)
  );
}

/** What was typed into the fields of a form: no part of the page's text, but read with it. */
export function runsOfFields(annotations: readonly unknown[], viewport: PageText['viewport']): PlacedRun[] {
  return annotations.filter(isFilledField).flatMap(({ fieldValue, rect: [left, bottom, right, top] }) => {
    const texts = fieldValue.split(/\r\n|\n|\r/).filter((text) => text.trim() !== '');
    const size = Math.min(11, Math.abs(top - bottom) / Math.max(1, texts.length) / 1.2);
    return texts.map((text, index): PlacedRun => {
      const [, , , , x, y] = multiply(viewport.transform, [1, 0, 0, 1, left, Math.max(top, bottom)]);
      const baseline =
        texts.length === 1 ? y + (Math.abs(top - bottom) + 0.7 * size) / 2 : y + size * (1 + 1.2 * index);
      const width = Math.min(Math.abs(right - left), text.length * size * 0.5);
      return { text, x, right: x + width, baseline, size, angle: 0, spaced: false, bold: false };
    });
  });
}

/** Where the hyperlinks of a page lead, and where they stand. */
export function linksOf(annotations: readonly unknown[], viewport: PageText['viewport']): PlacedLink[] {
  return annotations.slice(0, LIMITS.linksPerPage).flatMap((annotation) => {
    if (typeof annotation !== 'object' || annotation === null) return [];
    const { subtype, url, unsafeUrl, rect } = annotation as Record<string, unknown>;
    const target = subtype === 'Link' ? readableTarget(url ?? unsafeUrl) : null;
    const [left, bottom, right, top] = Array.isArray(rect) ? rect.map(Number) : [];
    const middle = [1, 0, 0, 1, ((left ?? 0) + (right ?? 0)) / 2, ((bottom ?? 0) + (top ?? 0)) / 2];
    const [, , , , x, y] = multiply(viewport.transform, middle);
    return target !== null && Number.isFinite(x + y) ? [{ target, x, y }] : [];
  });
}

function isTextItem(item: unknown): item is TextItem {
  return typeof item === 'object' && item !== null && 'str' in item && 'transform' in item;
}

function multiply(m: readonly number[], n: readonly number[]): [number, number, number, number, number, number] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [p = 1, q = 0, r = 0, s = 1, t = 0, u = 0] = n;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** Smaller text is not meant to be read: hidden key words, artefacts of converters. */
const MIN_SIZE = 1;

/** Of most typefaces, as a share of the font size. */
const SPACE_WIDTH = 0.25;

/** Runs of one page from the text items of pdf.js, and what else its text says to nobody who looks at the page. */
export function runsOfPage({ items, viewport, isBold, sight }: PageText): { runs: PlacedRun[]; hidden: string[] } {
  const runs: PlacedRun[] = [];
  const hidden: string[] = [];
  let spaced = false;
  for (const item of items) {
    if (!isTextItem(item)) continue;
    if (item.str.trim() === '') {
      // An empty item only ends a line.
      spaced ||= item.str !== '';
      continue;
    }
    const parts = sight(item);
    if (parts.hidden !== '') hidden.push(parts.hidden);
    const text = parts.seen;
    const [a, b, c, d, x, baseline] = multiply(viewport.transform, item.transform);
    const size = Math.hypot(c, d);
    if (text.trim() === '' || !Number.isFinite(size + x + baseline + item.width)) continue;
    const outside = x < -size || baseline < -size || x > viewport.width + size || baseline > viewport.height + size;
    if (size < MIN_SIZE || outside) {
      hidden.push(text);
      continue;
    }
    const angle = (Math.atan2(b, a) * 180) / Math.PI;
    // White space at the end would fill the gutter to the next column.
    const trailing = text.length - text.trimEnd().length;
    const right = x + Math.max(0, item.width - trailing * SPACE_WIDTH * size);
    runs.push({ text: text.trimEnd(), x, right, baseline, size, angle, spaced, bold: isBold(item.fontName) });
    spaced = trailing > 0;
  }
  return { runs, hidden };
}
