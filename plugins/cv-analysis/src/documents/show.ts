import { type Keyset, notFound, pageOf, readCursor } from '@bazaar/sdk';
import type { Ctx, Input, Output } from '../context.ts';
import { lookUp } from '../extract/skills/lexicon-index.ts';
import { spellingKey } from '../extract/skills/tokens.ts';

type Documents = Output<'documents.list'>;

const NEWEST: Keyset<'time'> = { name: 'documents.newest', key: 'time', order: 'descending' };

const likePattern = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** CVs, newest first. A skill is found under every spelling the lexicon knows. */
export async function listDocuments(ctx: Ctx, input: Input<'documents.list'>): Promise<Documents> {
  const { limit = 20, cursor, status, text, skill } = input;
  const after = readCursor(NEWEST, cursor);
  const rows = await ctx.queries.listDocuments({
    afterCreatedAt: after.key,
    afterId: after.id,
    status: status ?? null,
    skill: skill === undefined ? null : (lookUp(spellingKey(skill))?.name ?? skill),
    words: text ?? null,
    literal: text === undefined ? null : likePattern(text),
    limit: limit + 1,
  });
  return pageOf(NEWEST, rows as Documents['items'], limit, (row) => [row.createdAt, row.id]);
}

export async function getDocument(ctx: Ctx, { id }: Input<'documents.get'>): Promise<Output<'documents.get'>> {
  const [row, analyses] = await Promise.all([
    ctx.db.documents.findOne({ id }),
    ctx.queries.documentAnalyses({ documentId: id }),
  ]);
  if (!row) throw notFound('CV');
  const { extractedData, fileId: _file, jobId: _job, uploadedBy: _uploader, updatedAt: _changed, ...document } = row;
  // The database guarantees the enumerations, and what was stored is what was read.
  return { document: { ...document, data: extractedData }, analyses } as unknown as Output<'documents.get'>;
}

export async function documentFile(ctx: Ctx, { id }: Input<'documents.file'>): Promise<{ fileId: string }> {
  const document = await ctx.db.documents.findOne({ id });
  if (!document) throw notFound('CV');
  return { fileId: document.fileId };
}

export async function dashboardFigures(ctx: Ctx): Promise<Output<'dashboard.figures'>> {
  const { documents } = ctx.db;
  const [queued, parsed, failed, latest] = await Promise.all([
    documents.count({ status: 'queued' }),
    documents.count({ status: 'parsed' }),
    documents.count({ status: 'failed' }),
    documents.find({ where: { status: 'parsed' }, order: ['-parsedAt', '-id'], limit: 5 }),
  ]);
  const line = ({ id, candidateName, fileName, headline, parsedAt }: (typeof latest)[number]) => {
    return { id, candidateName, fileName, headline, parsedAt };
  };
  return { queued, parsed, failed, latest: latest.map(line) };
}
