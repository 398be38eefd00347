import type { PersonExport, PersonIdentity } from '@bazaar/sdk';
import type { Ctx, TableRow } from '../context.ts';
import { cvFilesOf, findApplicant } from './found.ts';

/** Statements with long lists are slower than several. */
const PER_QUERY = 100;

async function titlesOf(ctx: Ctx, jobIds: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(jobIds)];
  const titles = new Map<string, string>();
  for (let from = 0; from < ids.length; from += PER_QUERY) {
    const part = ids.slice(from, from + PER_QUERY);
    const jobs = await ctx.db.jobs.find({ where: { id: { in: part } }, limit: PER_QUERY });
    for (const { id, title } of jobs) titles.set(id, title);
  }
  return titles;
}

async function historyOf(ctx: Ctx, { id }: TableRow<'applications'>) {
  const entries = await ctx.db.applicationTimeline.find({
    where: { applicationId: id },
    order: ['at', 'id'],
    limit: 1000,
  });
  // Who of the company wrote it is that person's data, not the applicant's.
  return entries.map(({ at, kind, fromStatus, toStatus, remarks }) => ({ at, kind, fromStatus, toStatus, remarks }));
}

async function notesBy(ctx: Ctx, { userId }: PersonIdentity) {
  if (userId === null) return [];
  const entries = await ctx.db.applicationTimeline.find({
    where: { changedBy: userId },
    order: ['at', 'id'],
    limit: 1000,
  });
  return entries.map(({ at, kind, remarks, applicationId, changedByName }) => ({
    at,
    kind,
    remarks,
    applicationId,
    signedAs: changedByName,
  }));
}

/** Profile, applications with all that was written about them, CVs; and what the person wrote as a colleague. */
export async function exportPerson(ctx: Ctx, person: PersonIdentity): Promise<PersonExport> {
  const [found, notes] = await Promise.all([findApplicant(ctx, person), notesBy(ctx, person)]);
  const written = { name: 'entries-you-wrote', title: 'What you wrote about applications', records: notes };
  if (!found) return { collections: notes.length > 0 ? [written] : [] };
  const titles = await titlesOf(
    ctx,
    found.applications.map(({ jobId }) => jobId),
  );
  const applications = [];
  for (const application of found.applications) {
    applications.push({
      ...application,
      jobTitle: titles.get(application.jobId) ?? null,
      history: await historyOf(ctx, application),
    });
  }
  const { searchText: _, ...profile } = found.candidate;
  return {
    collections: [
      { name: 'profile', title: 'Your profile as a candidate', records: [profile] },
      { name: 'applications', title: 'Your applications', records: applications },
      ...(notes.length > 0 ? [written] : []),
    ],
    files: cvFilesOf(found),
  };
}
