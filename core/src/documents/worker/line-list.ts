import type { DocumentLine, DocumentPage } from '@bazaar/sdk';
import { withLink } from './links.ts';

/** A line of a format without layout. */
export interface PlainLine {
  text: string;
  bold: boolean;
  /** Where its hyperlinks lead. */
  links?: readonly string[] | undefined;
}

/** Collects lines in blocks for formats without layout: positions are 0. */
export class LineList {
  readonly lines: DocumentLine[] = [];
  #block = -1;
  #open = false;

  /** The next line starts a new block. */
  endBlock(): void {
    this.#open = false;
  }

  add({ text, bold, links = [] }: PlainLine): void {
    if (!this.#open) this.#block++;
    this.#open = true;
    const line = { text, bold, x: 0, y: 0, width: 0, height: 0, block: this.#block };
    for (const link of links) withLink(line, link);
    this.lines.push(line);
  }

  page(): DocumentPage {
    return { width: 0, height: 0, lines: this.lines };
  }
}
