import { cleanCharacters, isAllCapitals, namesTime } from '../layout/characters.ts';
import { joinSpacedLetters } from '../layout/spaced-letters.ts';
import type { WordNode, WordParagraph, WordTable } from './docx-model.ts';
import { LineList, type PlainLine } from './line-list.ts';
import { readableTarget } from './links.ts';

/** Longer cells hold running text. */
const SHORT = 45;
const HEADING = /^(?:heading|title|subtitle)/i;

interface Piece {
  text: string;
  bold: boolean;
  link?: string;
}

function linked(pieces: readonly Piece[], href: unknown): Piece[] {
  const link = readableTarget(href);
  return link === null ? [...pieces] : pieces.map((piece) => ({ ...piece, link }));
}

function piecesOf(nodes: readonly WordNode[], bold: boolean, capitals: boolean): Piece[] {
  return nodes.flatMap((node): Piece[] => {
    switch (node.type) {
      case 'text':
        return [{ text: capitals ? node.value.toUpperCase() : node.value, bold }];
      case 'tab':
        return [{ text: '\t', bold }];
      case 'break':
        return [{ text: '\n', bold }];
      case 'run':
        return piecesOf(node.children, node.isBold, node.isAllCaps);
      case 'hyperlink':
        return linked(piecesOf(node.children, bold, capitals), node.href);
      default:
        return [];
    }
  });
}

function tidy(text: string): string {
  return joinSpacedLetters(
    cleanCharacters(text)
      // Blanks in place of a tab.
      .replace(/ *\t[ \t]*| {3,}/g, '\t')
      .replace(/^\s+|\s+$/g, ''),
  ).replace(/ {2,}/g, ' ');
}

/** Bold when most of the letters before the first tab are: a date after it seldom is. */
function isBold(pieces: readonly Piece[]): boolean {
  let bold = 0;
  let all = 0;
  for (const piece of pieces) {
    if (piece.text === '\t' && all > 0) break;
    const letters = piece.text.replace(/\s/g, '').length;
    all += letters;
    if (piece.bold) bold += letters;
  }
  return bold * 2 > all;
}

function linesOfPieces(pieces: readonly Piece[], heading: boolean): PlainLine[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    const [first = '', ...rest] = piece.text.split('\n');
    lines.at(-1)?.push({ ...piece, text: first });
    for (const text of rest) lines.push([{ ...piece, text }]);
  }
  return lines
    .map((line) => ({
      text: tidy(line.map((piece) => piece.text).join('')),
      bold: heading || isBold(line),
      links: line.flatMap((piece) => piece.link ?? []),
    }))
    .filter((line) => line.text !== '');
}

/** Writes the nodes of one part of a Word document as lines. */
export class WordLines {
  readonly list = new LineList();
  #inList = false;
  readonly #numbers: number[] = [];

  write(nodes: readonly WordNode[]): void {
    for (const node of nodes) {
      if (node.type === 'paragraph') this.#paragraph(node);
      else if (node.type === 'table') this.#table(node);
      else if (node.type === 'document') this.write(node.children);
    }
  }

  #mark({ numbering }: WordParagraph): string {
    if (!numbering) return '';
    if (!numbering.isOrdered) return '• ';
    const level = Math.min(9, Math.max(0, Math.trunc(Number(numbering.level)) || 0));
    this.#numbers.length = level + 1;
    this.#numbers[level] = (this.#numbers[level] ?? 0) + 1;
    return `${this.#numbers[level]}. `;
  }

  #paragraph(paragraph: WordParagraph): void {
    const heading = HEADING.test(paragraph.styleName ?? '') || HEADING.test(paragraph.styleId ?? '');
    const lines = linesOfPieces(piecesOf(paragraph.children, false, false), heading);
    const inList = paragraph.numbering !== null;
    if (lines.length === 0 || heading || inList !== this.#inList) this.list.endBlock();
    if (!inList) this.#numbers.length = 0;
    this.#inList = inList;
    const mark = lines.length > 0 ? this.#mark(paragraph) : '';
    for (const [index, line] of lines.entries()) {
      this.list.add(index === 0 ? { ...line, text: mark + line.text } : line);
    }
    if (heading) this.list.endBlock();
  }

  #table(table: WordTable): void {
    this.list.endBlock();
    const rows = table.children.map((row) =>
      row.children
        .map((cell) => {
          const inner = new WordLines();
          inner.write(cell.children);
          return inner.list.lines;
        })
        .filter((lines) => lines.length > 0),
    );
    const labelled = rows.filter(([label, ...rest]) => label?.length === 1 && rest.length > 0).length;
    for (const cells of rows) this.#row(cells, labelled > 1);
    this.list.endBlock();
    this.#inList = false;
  }

  /**
   * Cells of one line each are one line, parted by tabs. A short label or date joins the first line of the cell it
   * stands beside. Otherwise the table lays out columns: they are read cell by cell.
   */
  #row(cells: readonly LineList['lines'][], labelled: boolean): void {
    const long = cells.filter((lines) => lines.length > 1);
    const single = cells.filter((lines) => lines.length === 1).map((lines) => lines[0]?.text ?? '');
    const belongs = (text: string) =>
      text.length <= SHORT && !isAllCapitals(text) && (labelled || namesTime(text) || text.endsWith(':'));
    if (long.length === 0 || (long.length === 1 && single.length > 0 && single.every(belongs))) {
      const heads = cells.flatMap((lines) => lines.slice(0, 1));
      if (heads.length === 0) return;
      const links = heads.flatMap((line) => line.links ?? []);
      this.list.add({ text: heads.map((line) => line.text).join('\t'), bold: heads[0]?.bold ?? false, links });
      for (const lines of long) this.#cell(lines.slice(1), lines[0]?.block);
      if (long.length > 0) this.list.endBlock();
      return;
    }
    for (const lines of cells) {
      this.list.endBlock();
      this.#cell(lines, lines[0]?.block);
    }
    this.list.endBlock();
  }

  #cell(lines: LineList['lines'], firstBlock: number | undefined): void {
    let block = firstBlock;
    for (const line of lines) {
      if (line.block !== block) this.list.endBlock();
      block = line.block;
      this.list.add(line);
    }
  }
}
