/** Text of a document with the place of each line, as `ctx.documents.extract` returns it. */
export interface ExtractedDocument {
  format: 'pdf' | 'docx' | 'text';
  pages: DocumentPage[];
  /** The lines in reading order (columns one after the other), joined by `\n`; blocks by a blank line. */
  text: string;
}

export interface DocumentPage {
  /** In points; 0 when the format has no layout (DOCX, text). */
  width: number;
  height: number;
  lines: DocumentLine[];
  /**
   * Text in the file that nobody sees who looks at the page: in the colour of its ground, tiny, transparent or beside
   * the page. It is no part of the lines; absent when there is none.
   */
  hidden?: string[];
}

/** One line in reading order. Positions are points from the top left corner; 0 without layout. */
export interface DocumentLine {
  /** A tab stands for a wide gap: before a right-aligned date, between a label and its value, between cells. */
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  bold: boolean;
  /** Lines of one block (paragraph, list, cell) share its number; unique within the document. */
  block: number;
  /** Where hyperlinks on the line lead (`mailto:`, `tel:`, `http:`, `https:`), whatever its words say; absent without. */
  links?: string[];
}

/** The `reason` of the `unprocessable` problem that `ctx.documents.extract` answers with. */
export type DocumentFailure =
  | 'document-encrypted'
  | 'document-broken'
  | 'document-without-text'
  | 'document-type-unsupported'
  | 'document-too-large'
  | 'document-too-complex';
