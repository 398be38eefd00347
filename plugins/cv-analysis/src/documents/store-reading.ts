import type { JsonValue } from '@bazaar/sdk';
import type { Ctx, TableRow } from '../context.ts';
import type { ReadCv } from '../extract/index.ts';
import type { Unreadable } from './read-document.ts';

type Document = TableRow<'documents'>;

const MOST_TEXT = 2000;

/** Tasks about a document are found again by this. */
export const taskKey = (documentId: string) => `document:${documentId}`;

/** Plain data is JSON; TypeScript does not see that of an interface. */
export function asJson(value: unknown): JsonValue {
  return value as JsonValue;
}

function cut(text: string | null): string | null {
  return text === null ? null : text.slice(0, MOST_TEXT);
}

/** Keeps what was read, in place of what an earlier reading found. */
export async function storeParsed(ctx: Ctx, document: Pick<Document, 'id'>, { data, lines, searchText }: ReadCv) {
  const now = new Date().toISOString();
  await ctx.db.documents.update(
    { id: document.id },
    {
      status: 'parsed',
      failureReason: null,
      failureMessage: null,
      candidateName: cut(data.contact.name),
      email: cut(data.contact.emails[0] ?? null),
      headline: cut(data.headline),
      experienceMonths: data.experienceMonths,
      highestEducation: data.highestEducation,
      skills: data.skills,
      extractedData: asJson(data),
      parsedAt: now,
      updatedAt: now,
    },
  );
  await ctx.db.documentTexts.delete({ documentId: document.id });
  await ctx.db.documentTexts.insert({
    documentId: document.id,
    searchText,
    lines: lines.map(({ text, page, line }) => ({ text, page, line })),
  });
  await ctx.tasks.resolve(taskKey(document.id));
}

/** Remembers why a document could not be read and puts it before the recruiters. */
export async function storeFailed(ctx: Ctx, document: Pick<Document, 'id' | 'fileName'>, failure: Unreadable) {
  const { reason, message } = failure;
  await ctx.db.documents.update(
    { id: document.id },
    { status: 'failed', failureReason: reason, failureMessage: message, updatedAt: new Date().toISOString() },
  );
  await ctx.tasks.raise({
    kind: 'PARSE_FAILURE',
    title: `“${document.fileName}” could not be read`,
    description: message,
    priority: 'high',
    link: `/cv-analysis/documents/${document.id}`,
    audience: 'documents.read',
    key: taskKey(document.id),
  });
  await ctx.events.emit('document.failed', { documentId: document.id, reason, message });
}
