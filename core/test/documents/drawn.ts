import PDFDocument from 'pdfkit';
import { readPdf } from '../../src/documents/worker/pdf.ts';

export type Pdf = PDFKit.PDFDocument;

function draw(work: (pdf: Pdf) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const pdf = new PDFDocument({ size: 'A4', margin: 50, ...options });
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.font('Helvetica').fontSize(11);
    work(pdf);
    pdf.end();
  });
}

/** A document drawn for one test, as the worker reads it. */
export async function pages(work: (pdf: Pdf) => void, options?: PDFKit.PDFDocumentOptions) {
  return readPdf(new Uint8Array(await draw(work, options)));
}

export const at = { lineBreak: false } as const;
