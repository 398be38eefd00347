import type { DocumentLine, ExtractedDocument } from '@bazaar/sdk';

/**
 * Documents for tests. Notation: a blank line separates blocks, `**…**` is bold, a leading `# ` is a large line. In a
 * DOCX each line is a paragraph and so a block of its own; in a PDF wrapped lines share a block.
 */
interface Source {
  text: string;
  bold: boolean;
  large: boolean;
  /** A blank line stands above. */
  apart: boolean;
}

function sources(text: string): Source[] {
  let apart = true;
  return text
    .replace(/^\n+|\s+$/g, '')
    .split('\n')
    .flatMap((raw) => {
      const line = raw.trim();
      if (line === '') {
        apart = true;
        return [];
      }
      const large = line.startsWith('# ');
      const plain = large ? line.slice(2) : line;
      const source = { text: plain.replaceAll('**', ''), bold: plain.startsWith('**') || large, large, apart };
      apart = false;
      return [source];
    });
}

function joined(format: ExtractedDocument['format'], pages: ExtractedDocument['pages']): ExtractedDocument {
  let block = 0;
  const text = pages
    .flatMap((page) => page.lines)
    .map((line) => {
      const gap = block !== 0 && line.block !== block ? '\n\n' : '\n';
      block = line.block;
      return gap + line.text;
    })
    .join('')
    .trim();
  return { format, pages, text };
}

/** A document without layout: DOCX, every line a paragraph. */
export function docx(text: string): ExtractedDocument {
  const lines = sources(text).map(
    (source, index): DocumentLine => ({
      text: source.text,
      x: 0,
      y: 0,
      width: 0,
      height: 0,
      bold: source.bold,
      block: index + 1,
    }),
  );
  return joined('docx', [{ width: 0, height: 0, lines }]);
}

/** One text column of a page: where it stands and what it holds. */
export interface ColumnSource {
  x: number;
  y: number;
  width: number;
  text: string;
}

const HEIGHT = 11;
const isItem = (text: string): boolean => /^(?:[•▪‣*–-]|\d{1,2}[.)])\s/.test(text);

/** A PDF: pages of columns in reading order. */
export function pdf(...pages: (string | ColumnSource[])[]): ExtractedDocument {
  let block = 0;
  return joined(
    'pdf',
    pages.map((page) => {
      const columns = typeof page === 'string' ? [{ x: 50, y: 50, width: 500, text: page }] : page;
      const lines = columns.flatMap((column) => {
        let { y } = column;
        return sources(column.text).map((source, index): DocumentLine => {
          const height = source.large ? 22 : HEIGHT;
          if (source.apart || index === 0) {
            block += 1;
            y += index === 0 ? 0 : 10;
          } else if (isItem(source.text) || source.bold) block += 1;
          const line = {
            text: source.text,
            x: column.x,
            y,
            width: Math.min(column.width, source.text.length * (source.large ? 11 : 5.4)),
            height,
            bold: source.bold,
            block,
          };
          y += height + 4;
          return line;
        });
      });
      return { width: 595, height: 842, lines };
    }),
  );
}
