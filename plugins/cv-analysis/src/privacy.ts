import {
  exportInTurn,
  type Page,
  type PersonErasure,
  type PersonExport,
  type PersonExportRequest,
  type PersonIdentity,
  pageWithin,
  type ReadPage,
} from '@bazaar/sdk';
import type { Ctx, TableRow } from './context.ts';
import { taskKey } from './documents/store-reading.ts';

/** A table takes so many values of one list. */
const PER_QUERY = 100;
/** What was read from so many CVs fits into one answer, and so many comparisons do. */
const DOCUMENTS = 10;
const ANALYSES = 50;

type CvRow = TableRow<'documents'>;

/** CVs that name the person's address. */
async function byAddress(ctx: Ctx, { email }: PersonIdentity, cursor: string | undefined): Promise<Page<CvRow>> {
  const page = await ctx.db.documents.page({ where: { email: { contains: email } }, limit: DOCUMENTS, cursor });
  return { ...page, items: page.items.filter((row) => isAddressed(row, email)) };
}

const isAddressed = (row: CvRow, email: string) => row.email?.toLowerCase() === email.toLowerCase();

/** CVs whose file another plugin knows to be the person's, and that do not name the address. */
function byFile(ctx: Ctx, { email, files }: PersonIdentity, cursor: string | undefined): Promise<Page<CvRow>> {
  const parts: ReadPage<string> = async (from = '0') => {
    const next = Number(from) + PER_QUERY;
    const items = files.slice(Number(from), next);
    return { items, ...(next < files.length ? { nextCursor: String(next) } : {}) };
  };
  return pageWithin(cursor, parts, async (part, after) => {
    const where = { fileId: { in: part } };
    const page = await ctx.db.documents.page({ where, limit: DOCUMENTS, cursor: after });
    return { ...page, items: page.items.filter((row) => !isAddressed(row, email)) };
  });
}

const FINDERS = [byAddress, byFile] as const;

async function findDocuments(ctx: Ctx, person: PersonIdentity): Promise<CvRow[]> {
  const found: CvRow[] = [];
  for (const find of FINDERS) {
    let cursor: string | undefined;
    do {
      const page: Page<CvRow> = await find(ctx, person, cursor);
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return found;
}

/** Of files that came with an application the plugin that took them speaks. */
const ownFiles = (documents: readonly CvRow[]) =>
  documents.filter(({ source }) => source === 'upload').map(({ fileId }) => fileId);

async function cvsOf(documents: Promise<Page<CvRow>>): Promise<PersonExport> {
  const { items, ...rest } = await documents;
  const records = items.map(({ uploadedBy: _, ...document }) => document);
  return {
    collections: [{ name: 'cvs', title: 'Your CVs and what was read from them', records }],
    files: ownFiles(items),
    ...rest,
  };
}

async function comparisonsOf(ctx: Ctx, documents: ReadPage<CvRow>, cursor: string | undefined): Promise<PersonExport> {
  const { items: records, ...rest } = await pageWithin(cursor, documents, (rows, after) => {
    const where = { documentId: { in: rows.map(({ id }) => id) } };
    return ctx.db.analyses.page({ where, order: ['createdAt'], limit: ANALYSES, cursor: after });
  });
  return { collections: [{ name: 'comparisons', title: 'How your CVs compare with jobs', records }], ...rest };
}

/** CVs, what was read from them, and how they compare with jobs. */
export async function exportPerson(ctx: Ctx, person: PersonExportRequest): Promise<PersonExport> {
  return exportInTurn(person.cursor, [
    ...FINDERS.map((find) => (cursor: string | undefined) => cvsOf(find(ctx, person, cursor))),
    ...FINDERS.map((find) => (cursor: string | undefined) => {
      return comparisonsOf(ctx, (after) => find(ctx, person, after), cursor);
    }),
  ]);
}

/** Deletes CVs, their texts and their comparisons. What the person uploaded for others stays, without the uploader. */
export async function erasePerson(ctx: Ctx, person: PersonIdentity): Promise<PersonErasure> {
  const documents = await findDocuments(ctx, person);
  let comparisons = 0;
  for (const { id } of documents) {
    comparisons += await ctx.db.analyses.count({ documentId: id });
    await ctx.db.documents.delete({ id });
    await ctx.tasks.resolve(taskKey(id));
  }
  const uploads =
    person.userId === null ? [] : await ctx.db.documents.update({ uploadedBy: person.userId }, { uploadedBy: null });
  return {
    erased: [
      { what: 'CVs and what was read from them', count: documents.length },
      { what: 'Comparisons with jobs', count: comparisons },
      { what: 'Names of who uploaded a CV', count: uploads.length },
    ].filter(({ count }) => count > 0),
    kept: [],
    files: ownFiles(documents),
    ids: documents.map(({ id }) => id),
  };
}
