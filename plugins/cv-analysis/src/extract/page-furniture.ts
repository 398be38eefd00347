import type { DocumentLine, DocumentPage } from '@bazaar/sdk';

/** The foot of a page: "Page", "Jane Doe – Page 2 of 3". */
const PAGE_FOOT =
  /^(?:(?:[\p{L}. '-]{1,40}\s[|·–—-]\s*)?(?:page|seite|página|pagina|strona)\s*\d{1,3}(?:\s*(?:of|von|de|sur|di|van|z|\/)\s*\d{1,3})?|(?:page|seite|página|pagina|strona)(?:\s+(?:of|von|de|sur|di|van|z))?)$/iu;

export function isPageNumber(text: string): boolean {
  return PAGE_FOOT.test(text);
}

/** Headers and footers stand this near to the edges of the page, as a share of its height. */
const MARGIN = 0.1;

/** Where and what: the same on each page, page numbers aside. */
function placeOf(line: DocumentLine, { height }: DocumentPage): string | null {
  const atEdge = line.y < MARGIN * height || line.y + line.height > (1 - MARGIN) * height;
  const text = line.text.replace(/\d+/g, '#').trim();
  return height > 0 && atEdge && text !== '' ? `${Math.round(line.y / 3)} ${text}` : null;
}

/**
 * Headers and footers from their second page on. They would stand in the middle of the position that goes on across the
 * pages; what they say is said on the first page.
 */
export function repeatedLines(pages: readonly DocumentPage[]): ReadonlySet<DocumentLine> {
  const first = new Map<string, DocumentPage>();
  const repeated = new Set<DocumentLine>();
  for (const page of pages) {
    for (const line of page.lines) {
      const place = placeOf(line, page);
      if (place === null) continue;
      const before = first.get(place);
      if (before && before !== page) repeated.add(line);
      else first.set(place, page);
    }
  }
  return repeated;
}
