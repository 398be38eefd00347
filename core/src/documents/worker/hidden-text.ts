import { type Box, covers, holds, intersection, type PaintedText, type Painting } from './painting.ts';

/** Of text that is seen less than this, nobody sees anything: opacity, and difference of each colour from its ground. */
const LEAST_OPACITY = 0.1;
const LEAST_DIFFERENCE = 20;
/** Smaller text is not meant to be read, as a share of the page's shorter side: 2 points on a sheet of paper. */
const LEAST_SIZE = 0.0034;
const PAPER = '#ffffff';

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function isAlike(one: string, other: string): boolean {
  const ground = channels(other);
  return channels(one).every((value, index) => Math.abs(value - (ground[index] ?? 0)) < LEAST_DIFFERENCE);
}

/** Whether a person who looks at the page sees nothing of the text. When in doubt, it is seen. */
function isHidden(one: PaintedText, { areas }: Painting, page: Box): boolean {
  const shown = intersection(page, one.clip);
  const points = [one.from, one.middle, one.to];
  if (!points.some((point) => holds(shown, point, one.size))) return true;
  if (one.size < LEAST_SIZE * Math.min(page.right - page.left, page.bottom - page.top)) return true;
  if (one.opacity < LEAST_OPACITY) return true;
  // The text recognised in a scan lies unpainted over or under its picture.
  if (one.unpainted) return !areas.some((area) => area.colour === null && covers(area, one.middle));
  const { colour } = one;
  if (colour === null) return false;
  const inner = [0.1, 0.5, 0.9].map((share): [number, number] => [
    one.from[0] + (one.to[0] - one.from[0]) * share + one.middle[0] - (one.from[0] + one.to[0]) / 2,
    one.from[1] + (one.to[1] - one.from[1]) * share + one.middle[1] - (one.from[1] + one.to[1]) / 2,
  ]);
  return inner.every((point) => {
    const ground = areas.findLast((area, index) => index < one.over && covers(area, point));
    const under = ground ? ground.colour : PAPER;
    return under !== null && isAlike(colour, under);
  });
}

/** A piece of text as it is read, where it starts and how far it reaches, in the page's own coordinates. */
export interface ReadText {
  str: string;
  transform: readonly number[];
  width: number;
}

/** How far apart (in units of the page) the same text may start when it is drawn and when it is read. */
const NEAR = 1;

/** Shadows and outlines are drawn beside the text they belong to: what is seen once is seen. */
function isShadow(one: PaintedText, seen: readonly PaintedText[]): boolean {
  const near = one.size / 2;
  return seen.some(
    ({ text, from }) =>
      text === one.text && Math.abs(from[0] - one.from[0]) < near && Math.abs(from[1] - one.from[1]) < near,
  );
}

/** Whether a text begins within the piece that is read. */
function startsIn({ transform, width }: ReadText, { from }: PaintedText): boolean {
  const [a = 1, b = 0, , , x = 0, y = 0] = transform;
  const length = Math.hypot(a, b) || 1;
  const along = ((from[0] - x) * a + (from[1] - y) * b) / length;
  const aside = Math.abs((from[1] - y) * a - (from[0] - x) * b) / length;
  return along > -NEAR && along < Math.max(width - NEAR, NEAR) && aside < NEAR;
}

function withoutPart(text: string, part: string): string | null {
  const letters = [...part.replace(/\s/g, '')].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  const written = new RegExp(letters.join('\\s*'), 'u').exec(text);
  return written ? `${text.slice(0, written.index)} ${text.slice(written.index + written[0].length)}` : null;
}

/** What of a piece of text is seen, and what is hidden. */
export interface Parts {
  seen: string;
  hidden: string;
}

/** Text that stands wholly beside the page: pdf.js does not hand it out to be read. */
export function textBeside(painting: Painting, page: Box): string {
  const beside = painting.texts.filter(
    ({ from, middle, to, size }) => ![from, middle, to].some((point) => holds(page, point, size)),
  );
  return beside
    .map(({ text, from }, index) => (index > 0 && beside[index - 1]?.from[1] !== from[1] ? ` ${text}` : text))
    .join('')
    .trim();
}

/** Tells of each piece of text that is read what of it a person sees. */
export function sightOf(painting: Painting, page: Box): (item: ReadText) => Parts {
  const written = painting.texts.filter((one) => one.text.trim() !== '');
  const unseen = new Set(written.filter((one) => isHidden(one, painting, page)));
  const seen = written.filter((one) => !unseen.has(one));
  const hidden = [...unseen].filter((one) => !isShadow(one, seen));
  return (item) => {
    const covered = hidden.filter((one) => startsIn(item, one));
    if (covered.length === 0) return { seen: item.str, hidden: '' };
    const others = seen.filter((one) => startsIn(item, one));
    if (others.length === 0) return { seen: '', hidden: item.str };
    const part = covered.map((one) => one.text).join('');
    return { seen: withoutPart(item.str, part) ?? others.map((one) => one.text).join(' '), hidden: part };
  };
}
