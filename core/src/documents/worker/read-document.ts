import type { DocumentPage, ExtractedDocument } from '@bazaar/sdk';
import { LIMITS } from '../limits.ts';
import { readDocx } from './docx.ts';
import { UnreadableDocument } from './failure.ts';
import { readPdf } from './pdf.ts';
import { readPlainText } from './plain-text.ts';

/** A page with less than this is a picture with a stamp on it. */
const MIN_CHARACTERS = 10;

function textOf(pages: readonly DocumentPage[]): string {
  let text = '';
  let block: number | undefined;
  for (const line of pages.flatMap((page) => page.lines)) {
    if (block !== undefined) text += line.block === block ? '\n' : '\n\n';
    block = line.block;
    text += line.text;
  }
  return text;
}

function check(format: ExtractedDocument['format'], pages: DocumentPage[]): ExtractedDocument {
  const lines = pages.reduce((sum, page) => sum + page.lines.length, 0);
  const length = pages.reduce((sum, page) => page.lines.reduce((total, line) => total + line.text.length, sum), 0);
  if (lines > LIMITS.lines || length > LIMITS.textLength) throw new UnreadableDocument('document-too-complex');
  const text = textOf(pages);
  const characters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (characters < (format === 'pdf' ? MIN_CHARACTERS : 1)) throw new UnreadableDocument('document-without-text');
  return { format, pages, text };
}

/** Reads a document of a known format. Rejects with `UnreadableDocument`. */
export async function readDocument(format: ExtractedDocument['format'], bytes: Buffer): Promise<ExtractedDocument> {
  switch (format) {
    case 'pdf':
      return check(format, await readPdf(new Uint8Array(bytes)));
    case 'docx':
      return check(format, await readDocx(bytes));
    case 'text':
      return check(format, readPlainText(bytes));
  }
}
