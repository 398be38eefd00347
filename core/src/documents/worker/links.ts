import type { DocumentLine } from '@bazaar/sdk';
import { LIMITS } from '../limits.ts';

/** What a hyperlink leads to, for those that say how to reach somebody; `null` for all others. */
export function readableTarget(target: unknown): string | null {
  if (typeof target !== 'string' || target.length > LIMITS.linkLength) return null;
  const plain = target.trim().toWellFormed();
  return /^(?:mailto:|tel:|https?:\/\/)[^\s\p{Cc}]+$/iu.test(plain) ? plain : null;
}

/** Adds a target to a line, once. */
export function withLink(line: DocumentLine, target: string): void {
  const links = line.links ?? [];
  if (!links.includes(target) && links.length < LIMITS.linksPerLine) line.links = [...links, target];
}

/** A hyperlink on a page: lengths are points from the top left corner. */
export interface PlacedLink {
  target: string;
  x: number;
  y: number;
}

/** How far the place is from the line: 0 within it, upright distances first. */
function distance({ x, y }: PlacedLink, line: DocumentLine): number {
  const aside = Math.max(0, line.x - x, x - line.x - line.width);
  const above = Math.max(0, line.y - y, y - line.y - line.height);
  return aside + above * 3;
}

/** Gives each link to the line it stands on; that of an icon to the nearest one. */
export function placeLinks(links: readonly PlacedLink[], lines: readonly DocumentLine[]): void {
  for (const link of links) {
    const [first, ...others] = lines;
    if (!first) return;
    withLink(
      others.reduce((best, line) => (distance(link, line) < distance(link, best) ? line : best), first),
      link.target,
    );
  }
}
