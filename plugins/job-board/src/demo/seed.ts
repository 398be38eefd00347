import type { Ctx, TableRow } from '../context.ts';
import { derivedColumns, newFields, tidy } from '../jobs/fields.ts';
import { formatPlace } from '../jobs/location.ts';
import { slugify } from '../jobs/slug.ts';
import { searchText } from '../search.ts';
import { DemoClock } from './clock.ts';
import type { DemoApplication, DemoCandidate, DemoData, DemoJob } from './data.ts';
import { history } from './history.ts';

/** Days a demo job stays open after it was published. */
const OPEN_DAYS = 75;

async function seedJobs(ctx: Ctx, data: DemoData, clock: DemoClock): Promise<Map<string, string>> {
  const applications = Map.groupBy(
    data.candidates.flatMap((candidate) => candidate.applications),
    ({ job }) => job,
  );
  const rows = data.jobs.map((job: DemoJob) => {
    const fields = newFields(tidy(job));
    const published = job.publishedDaysAgo;
    return {
      ...fields,
      ...derivedColumns(fields),
      slug: slugify(fields.title),
      status: job.status,
      startDate: job.startDateInDays === undefined ? fields.startDate : clock.dayIn(job.startDateInDays),
      deadline: published === undefined ? null : clock.dayIn(OPEN_DAYS - published),
      applicationCount: applications.get(job.key)?.length ?? 0,
      publishedAt: published === undefined ? null : clock.ago(published),
      closedAt: job.closedDaysAgo === undefined ? null : clock.ago(job.closedDaysAgo),
      createdAt: clock.ago((published ?? 0) + 1),
      updatedAt: clock.ago(job.closedDaysAgo ?? published ?? 1),
    };
  });
  const stored = await ctx.db.jobs.insertMany(rows);
  const ids = new Map(stored.map(({ slug, id }) => [slug, id]));
  const byKey = new Map(data.jobs.map((job) => [job.key, ids.get(slugify(job.title)) ?? '']));
  const rates = data.jobs.flatMap((job) =>
    (job.rates ?? []).map((rate) => ({ ...rate, jobId: byKey.get(job.key) ?? '' })),
  );
  if (rates.length > 0) await ctx.db.jobRates.insertMany(rates);
  return byKey;
}

async function seedCandidate(ctx: Ctx, candidate: DemoCandidate, clock: DemoClock): Promise<TableRow<'candidates'>> {
  const { cv: _cv, applications, ...known } = candidate;
  const days = applications.map(({ daysAgo }) => daysAgo);
  const first = days.length > 0 ? Math.max(...days) : 10;
  return ctx.db.candidates.insert({
    ...known,
    location: formatPlace(candidate),
    searchText: searchText([
      known.fullName,
      known.email,
      known.headline,
      known.currentTitle,
      known.currentCompany,
      known.city,
      known.skills,
      known.licences,
    ]),
    consentAt: clock.ago(first),
    createdAt: clock.ago(first),
    updatedAt: clock.ago(first),
    lastAppliedAt: days.length > 0 ? clock.ago(Math.min(...days)) : null,
  });
}

async function seedApplication(
  ctx: Ctx,
  known: { jobId: string; candidate: TableRow<'candidates'>; cvFileId: string; source: DemoCandidate['source'] },
  application: DemoApplication,
  clock: DemoClock,
): Promise<void> {
  const { jobId, candidate, cvFileId, source } = known;
  const { status, coverLetter, rejectionReason, rejectionFeedback, daysAgo } = application;
  const row = await ctx.db.applications.insert({
    jobId,
    candidateId: candidate.id,
    status,
    cvFileId,
    source,
    coverLetter: coverLetter ?? null,
    rejectionReason: rejectionReason ?? null,
    rejectionFeedback: rejectionFeedback ?? null,
    consentAt: clock.ago(daysAgo),
    appliedAt: clock.ago(daysAgo),
    updatedAt: clock.ago(daysAgo),
  });
  await ctx.db.applicationTimeline.insertMany(history(row.id, application, clock));
  await ctx.events.emit('application.submitted', {
    applicationId: row.id,
    jobId,
    candidateId: candidate.id,
    candidateName: candidate.fullName,
    cvFileId,
    submittedAt: row.appliedAt,
  });
}

/** Fills a demo tenant: jobs in every state, candidates with their CVs, applications along the pipeline. */
export async function seedDemo(ctx: Ctx, data: DemoData): Promise<void> {
  const clock = new DemoClock(new Date());
  const jobs = await seedJobs(ctx, data, clock);
  for (const candidate of data.candidates) {
    const stored = await seedCandidate(ctx, candidate, clock);
    const cv = await ctx.files.importAsset(candidate.cv);
    for (const application of candidate.applications) {
      const jobId = jobs.get(application.job) ?? '';
      await seedApplication(
        ctx,
        { jobId, candidate: stored, cvFileId: cv.id, source: candidate.source },
        application,
        clock,
      );
    }
  }
}
