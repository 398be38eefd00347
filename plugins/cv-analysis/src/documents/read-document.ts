import type { DocumentFailure, ExtractedDocument } from '@bazaar/sdk';
import type { Ctx } from '../context.ts';
import { type ReadCv, readCv } from '../extract/index.ts';

/** A document that people must look at: `reason` for programs, `message` for them. */
export interface Unreadable {
  reason: DocumentFailure | 'file-missing';
  message: string;
}

export type Reading = { cv: ReadCv; failure?: undefined } | { cv?: undefined; failure: Unreadable };

const MESSAGES: Record<Unreadable['reason'], string> = {
  'document-encrypted': 'The document is protected by a password. Ask for a copy without one.',
  'document-broken': 'The document is damaged and cannot be opened. Ask for another copy.',
  'document-without-text': 'The document holds only pictures of text, like a scan. Ask for a file made from the text.',
  'document-type-unsupported': 'The document is neither a PDF nor a DOCX file.',
  'document-too-large': 'The document is too large to be read.',
  'document-too-complex': 'The document is built in a way that would take too long to read.',
  'file-missing': 'The file is no longer there.',
};

function failureOf(error: unknown): Unreadable | null {
  const { code, reason } = error as { code?: unknown; reason?: unknown };
  if (code === 'not-found') return { reason: 'file-missing', message: MESSAGES['file-missing'] };
  if (code !== 'unprocessable' || typeof reason !== 'string' || !Object.hasOwn(MESSAGES, reason)) return null;
  const known = reason as Unreadable['reason'];
  return { reason: known, message: MESSAGES[known] };
}

/** What the database cannot store: NUL characters and halves of surrogate pairs. */
function storable(document: ExtractedDocument): ExtractedDocument {
  const clean = (text: string) => text.replaceAll('\0', '').toWellFormed();
  const pages = document.pages.map((page) => ({
    ...page,
    lines: page.lines.map((line) => ({ ...line, text: clean(line.text) })),
    hidden: page.hidden?.map(clean) ?? [],
  }));
  return { ...document, pages, text: clean(document.text) };
}

/**
 * Reads a stored document. Touches no table, so that no transaction waits for it. That a document cannot be read is a
 * result; anything else that goes wrong is thrown, and the delivery is repeated.
 */
export async function readDocument(ctx: Ctx, subject: string, fileId: string): Promise<Reading> {
  await ctx.progress.report(subject, 'reading', 20);
  let document: ExtractedDocument;
  try {
    document = await ctx.documents.extract(fileId);
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) throw error;
    return { failure };
  }
  await ctx.progress.report(subject, 'understanding', 60);
  const now = new Date();
  return { cv: readCv(storable(document), { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 }) };
}
