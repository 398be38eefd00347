import { exportInTurn, type PersonExport, type PersonExportRequest, pageWithin } from '@bazaar/sdk';
import type { Ctx, TableRow } from '../context.ts';
import { cvFilesOf, pageOfApplications } from './found.ts';

/** Rows with all that is written in them fit into one answer. */
const ROWS = 100;

type Candidate = TableRow<'candidates'>;

async function titlesOf(ctx: Ctx, jobIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(jobIds)];
  const jobs = await ctx.db.jobs.find({ where: { id: { in: ids } }, limit: ROWS });
  return new Map(jobs.map(({ id, title }) => [id, title]));
}

async function applicationsOf(ctx: Ctx, candidate: Candidate, cursor: string | undefined): Promise<PersonExport> {
  const { items, ...rest } = await pageOfApplications(ctx, candidate, cursor);
  const titles = await titlesOf(
    ctx,
    items.map(({ jobId }) => jobId),
  );
  const records = items.map((application) => ({ ...application, jobTitle: titles.get(application.jobId) ?? null }));
  return {
    collections: [{ name: 'applications', title: 'Your applications', records }],
    files: cvFilesOf(items),
    ...rest,
  };
}

async function historyOf(ctx: Ctx, candidate: Candidate, cursor: string | undefined): Promise<PersonExport> {
  const { items, ...rest } = await pageWithin(
    cursor,
    (after) => pageOfApplications(ctx, candidate, after),
    (applications, after) => {
      const ids = applications.map(({ id }) => id);
      const where = { applicationId: { in: ids } };
      return ctx.db.applicationTimeline.page({ where, order: ['applicationId'], limit: ROWS, cursor: after });
    },
  );
  // Who of the company wrote it is that person's data, not the applicant's.
  const records = items
    .toSorted((one, other) => one.applicationId.localeCompare(other.applicationId) || one.at.localeCompare(other.at))
    .map(({ applicationId, at, kind, fromStatus, toStatus, remarks }) => {
      return { applicationId, at, kind, fromStatus, toStatus, remarks };
    });
  return { collections: [{ name: 'history', title: 'What became of your applications', records }], ...rest };
}

async function writtenBy(ctx: Ctx, userId: string, cursor: string | undefined): Promise<PersonExport> {
  const page = await ctx.db.applicationTimeline.page({ where: { changedBy: userId }, limit: ROWS, cursor });
  const { items, ...rest } = page;
  const records = items.map(({ at, kind, remarks, applicationId, changedByName }) => {
    return { at, kind, remarks, applicationId, signedAs: changedByName };
  });
  return {
    collections: [{ name: 'entries-you-wrote', title: 'What you wrote about applications', records }],
    ...rest,
  };
}

function profileOf({ searchText: _, ...profile }: Candidate): PersonExport {
  return { collections: [{ name: 'profile', title: 'Your profile as a candidate', records: [profile] }] };
}

/** Profile, applications with all that was written about them, CVs; and what the person wrote as a colleague. */
export async function exportPerson(ctx: Ctx, person: PersonExportRequest): Promise<PersonExport> {
  const { email, userId, cursor } = person;
  const candidate = await ctx.db.candidates.findOne({ email: email.toLowerCase() });
  const nothing: PersonExport = { collections: [] };
  return exportInTurn(cursor, [
    async () => (candidate ? profileOf(candidate) : nothing),
    async (at) => (candidate ? applicationsOf(ctx, candidate, at) : nothing),
    async (at) => (candidate ? historyOf(ctx, candidate, at) : nothing),
    async (at) => (userId === null ? nothing : writtenBy(ctx, userId, at)),
  ]);
}
