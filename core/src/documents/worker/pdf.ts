import type { DocumentPage } from '@bazaar/sdk';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { linesOfPage } from '../layout/turned.ts';
import { LIMITS } from '../limits.ts';
import { UnreadableDocument } from './failure.ts';
import { type Parts, type ReadText, sightOf, textBeside } from './hidden-text.ts';
import { placeLinks } from './links.ts';
import { paintingOf } from './pdf-painting.ts';
import { linksOf, runsOfFields, runsOfPage } from './pdf-runs.ts';

type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<PdfDocument['getPage']>>;

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await getDocumentProxy(bytes, {
      verbosity: 0,
      // Text needs no pictures: one pixel at most keeps decoders, and what attacks them, out.
      maxImageSize: 1,
      disableFontFace: true,
      useSystemFonts: false,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      useWasm: false,
      enableXfa: false,
    });
  } catch (error) {
    if (nameOf(error) === 'PasswordException') throw new UnreadableDocument('document-encrypted', error);
    throw new UnreadableDocument('document-broken', error);
  }
}

const BOLD = /bold|black|heavy|semibold|demi/i;

/** Remembers which fonts are bold. pdf.js tells a font's name only once the page's drawing has been worked out. */
class BoldFonts {
  readonly #bold = new Map<string, boolean>();

  learn(page: PdfPage, fonts: readonly string[]): void {
    for (const font of fonts) {
      if (this.#bold.has(font)) continue;
      const known = page.commonObjs.has(font) ? page.commonObjs.get(font) : undefined;
      this.#bold.set(font, known?.bold === true || known?.black === true || BOLD.test(String(known?.name ?? '')));
    }
  }

  has(font: string): boolean {
    return this.#bold.get(font) ?? false;
  }
}

interface Sight {
  of(item: ReadText): Parts;
  beside: string;
}

const UNJUDGED: Sight = { of: ({ str }) => ({ seen: str, hidden: '' }), beside: '' };

async function sightOfPage(page: PdfPage): Promise<Sight> {
  const { OPS } = await getResolvedPDFJS();
  const painting = paintingOf(await page.getOperatorList(), OPS);
  const [left = 0, top = 0, right = 0, bottom = 0] = page.view;
  const box = { left, top, right, bottom };
  return painting ? { of: sightOf(painting, box), beside: textBeside(painting, box) } : UNJUDGED;
}

async function readPage(page: PdfPage, bold: BoldFonts, firstBlock: number): Promise<DocumentPage> {
  const viewport = page.getViewport({ scale: 1 });
  const content = await page.getTextContent();
  if (content.items.length > LIMITS.runsPerPage) throw new UnreadableDocument('document-too-complex');
  const sight = content.items.length > 0 ? await sightOfPage(page) : UNJUDGED;
  bold.learn(page, Object.keys(content.styles));
  const annotations: unknown[] = await page.getAnnotations();
  const { runs, hidden } = runsOfPage({
    items: content.items,
    viewport,
    isBold: (font) => bold.has(font),
    sight: sight.of,
  });
  if (sight.beside !== '') hidden.push(sight.beside);
  runs.push(...runsOfFields(annotations, viewport));
  const lines = linesOfPage(runs, firstBlock);
  placeLinks(linksOf(annotations, viewport), lines);
  return { width: viewport.width, height: viewport.height, lines, ...(hidden.length > 0 ? { hidden } : {}) };
}

/** Pages of a PDF with their lines in reading order. */
export async function readPdf(bytes: Uint8Array): Promise<DocumentPage[]> {
  const pdf = await open(bytes);
  if (pdf.numPages > LIMITS.pages) throw new UnreadableDocument('document-too-complex');
  const bold = new BoldFonts();
  const pages: DocumentPage[] = [];
  let block = 0;
  let length = 0;
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const read = await readPage(page, bold, block);
      page.cleanup();
      pages.push(read);
      block = (read.lines.at(-1)?.block ?? block - 1) + 1;
      for (const { text } of read.lines) length += text.length + 1;
      for (const text of read.hidden ?? []) length += text.length + 1;
      if (length > LIMITS.textLength) throw new UnreadableDocument('document-too-complex');
    }
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    throw new UnreadableDocument('document-broken', error);
  } finally {
    await pdf.loadingTask.destroy();
  }
  return pages;
}
