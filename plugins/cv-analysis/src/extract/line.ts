import type { DocumentLine } from '@bazaar/sdk';

/** One line of the document, cleaned, in reading order; its text without the mark of a list item. */
export interface Line extends Omit<DocumentLine, 'links'> {
  bullet: boolean;
  /** A mark was taken off: the text itself stands somewhat further right. */
  marked: boolean;
  page: number;
  /** Position within its page, from 1. */
  line: number;
  /** Whether the line reaches the right edge of its column, so that the next may continue it; true without layout. */
  full: boolean;
  /** Lines of one column read without a jump share its number; unique within the document. */
  flow: number;
  /** Where its hyperlinks lead, e.g. `mailto:…` behind the word "E-mail". */
  links: readonly string[];
}
