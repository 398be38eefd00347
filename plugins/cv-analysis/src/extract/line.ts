/** One line of the document, cleaned, in reading order. */
export interface Line {
  /** Without the mark of a list item. Wide gaps are tabs. */
  text: string;
  bullet: boolean;
  /** A mark was taken off: the text itself stands somewhat further right. */
  marked: boolean;
  page: number;
  /** Position within its page, from 1. */
  line: number;
  x: number;
  y: number;
  width: number;
  height: number;
  bold: boolean;
  block: number;
  /** Whether the line reaches the right edge of its column, so that the next may continue it; true without layout. */
  full: boolean;
  /** Lines of one column read without a jump share its number; unique within the document. */
  flow: number;
  /** Where its hyperlinks lead, e.g. `mailto:…` behind the word "E-mail". */
  links: readonly string[];
}
