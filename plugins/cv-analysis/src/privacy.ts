import type { PersonErasure, PersonExport, PersonIdentity } from '@bazaar/sdk';
import type { Ctx, TableRow } from './context.ts';
import { taskKey } from './documents/store-reading.ts';

/** A table takes so many values of one list. */
const PER_QUERY = 100;

type CvRow = TableRow<'documents'>;

async function allOf(ctx: Ctx, where: NonNullable<Parameters<Ctx['db']['documents']['page']>[0]>['where']) {
  const rows: CvRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await ctx.db.documents.page({ where: { ...where }, limit: 100, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return rows;
}

/** CVs that name the person's address, and those whose file another plugin knows to be theirs. */
async function findDocuments(ctx: Ctx, { email, files }: PersonIdentity): Promise<CvRow[]> {
  const address = email.toLowerCase();
  const byAddress = await allOf(ctx, { email: { contains: email } });
  const found = new Map(byAddress.filter((row) => row.email?.toLowerCase() === address).map((row) => [row.id, row]));
  for (let from = 0; from < files.length; from += PER_QUERY) {
    const part = files.slice(from, from + PER_QUERY);
    for (const row of await allOf(ctx, { fileId: { in: part } })) found.set(row.id, row);
  }
  return [...found.values()];
}

/** Of files that came with an application the plugin that took them speaks. */
const ownFiles = (documents: readonly CvRow[]) =>
  documents.filter(({ source }) => source === 'upload').map(({ fileId }) => fileId);

/** CVs, what was read from them, and how they compare with jobs. */
export async function exportPerson(ctx: Ctx, person: PersonIdentity): Promise<PersonExport> {
  const documents = await findDocuments(ctx, person);
  if (documents.length === 0) return { collections: [] };
  const analyses = [];
  for (const { id } of documents) {
    analyses.push(...(await ctx.db.analyses.find({ where: { documentId: id }, order: ['createdAt'], limit: 1000 })));
  }
  return {
    collections: [
      {
        name: 'cvs',
        title: 'Your CVs and what was read from them',
        records: documents.map(({ uploadedBy: _, ...document }) => document),
      },
      { name: 'comparisons', title: 'How your CVs compare with jobs', records: analyses },
    ],
    files: ownFiles(documents),
  };
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
