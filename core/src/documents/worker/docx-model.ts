/** What mammoth reads from a part of a Word document, as far as text needs it. */
export type WordNode =
  | WordParagraph
  | WordRun
  | WordText
  | WordTable
  | WordGroup
  | WordLink
  | WordBreak
  | { type: 'tab' };

export interface WordGroup {
  type: 'document';
  children: WordNode[];
}

export interface WordLink {
  type: 'hyperlink';
  href?: string | null;
  children: WordNode[];
}

export interface WordParagraph {
  type: 'paragraph';
  children: WordNode[];
  styleId: string | null;
  styleName: string | null;
  numbering: { level: string | number; isOrdered: boolean } | null;
}

export interface WordRun {
  type: 'run';
  children: WordNode[];
  isBold: boolean;
  isAllCaps: boolean;
}

export interface WordText {
  type: 'text';
  value: string;
}

export interface WordBreak {
  type: 'break';
}

export interface WordTable {
  type: 'table';
  children: { type: 'tableRow'; children: { type: 'tableCell'; children: WordNode[] }[] }[];
}
