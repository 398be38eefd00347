import { html, type PageModel, type SafeHtml } from '@bazaar/sdk';
import { acknowledgementOf, consentTextOf } from '../applications/applicant-texts.ts';
import type { Ctx, Input } from '../context.ts';
import type { Contract } from '../contract.generated.ts';
import { dayAfter, isOpenToPublic } from '../jobs/lifecycle.ts';
import { formatPay } from '../jobs/money.ts';
import { EMPLOYMENT_TYPES, SALARY_UNITS, WORK_MODES } from '../labels.ts';
import { applyForm } from './apply-form.ts';
import { descriptionSections } from './job-description.ts';
import { jobFacts } from './job-facts.ts';
import { jobPosting, type Organisation } from './job-posting.ts';
import { type PublicJob, publicJob } from './public-job.ts';
import { endedJobPage, missingJobPage } from './unavailable-job.ts';

type Settings = Contract['settings'];

function organisation(ctx: Ctx, settings: Settings): Organisation {
  return { name: settings.organisationName?.trim() || ctx.tenant.name, url: settings.organisationUrl || undefined };
}

function summaryOf(job: PublicJob, employer: string): string {
  const pay = formatPay(job, SALARY_UNITS);
  const text = job.summary ?? `${job.title} at ${employer}, ${job.location}${pay === null ? '' : `, ${pay}`}.`;
  return text.length <= 160 ? text : `${text.slice(0, 159).trimEnd()}…`;
}

function header(job: PublicJob, employer: string, takesApplications: boolean): SafeHtml {
  const tags = [
    job.isHot ? 'Urgent' : null,
    job.isFeatured ? 'Featured' : null,
    EMPLOYMENT_TYPES[job.employmentType],
    WORK_MODES[job.workMode],
  ].filter((tag) => tag);
  return html`<header class="job-header">
<p class="breadcrumb"><a href="../jobs">All jobs</a></p>
<h1>${job.title}</h1>
<p class="lead">${employer}${job.location === '' ? null : html` · <bdi>${job.location}</bdi>`}</p>
<ul class="tags">${tags.map((tag) => html`<li>${tag}</li>`)}</ul>
${job.summary === null ? null : html`<p><bdi>${job.summary}</bdi></p>`}
${takesApplications ? html`<p><a class="button" href="#apply">Apply now</a></p>` : null}
</header>`;
}

function thanks(settings: Settings): SafeHtml {
  return html`<section class="notice success" id="apply" role="status">
<h2>Your application has been sent</h2>
<p>${acknowledgementOf(settings)}</p>
</section>`;
}

/** In the place of the form: the tenant's licence lets nothing be stored, and nobody is to write for nothing. */
function takesNone(): SafeHtml {
  return html`<section class="notice" id="apply"><h2>This job takes no applications at the moment</h2>
<p>Please come back in a few days.</p></section>`;
}

function contact(settings: Settings): SafeHtml | null {
  if (!settings.contactEmail) return null;
  return html`<p class="contact">Questions? Write to <a href="mailto:${settings.contactEmail}">${settings.contactEmail}</a>.</p>`;
}

/** The public page of a job: 200 while it takes applications, 410 after, 404 for what the public may not know. */
export async function jobPage(ctx: Ctx, input: Input<'pages.job'>): Promise<PageModel> {
  const today = dayAfter(0, new Date());
  const [rows, settings, takesApplications] = await Promise.all([
    ctx.queries.publicJob({ slug: input.slug }),
    ctx.settings.get(),
    ctx.actions.available('job-board.applications.submit'),
  ]);
  const job = rows[0] && publicJob(rows[0]);
  if (!job?.isPublic || job.publishedAt === null) return missingJobPage();
  if (!isOpenToPublic(job, today)) return endedJobPage(ctx, job, today);

  const employer = organisation(ctx, settings);
  const applied = input.done !== undefined && input.form === undefined;
  const form = applyForm({
    failed: input.form,
    referralCode: input.ref,
    consentText: consentTextOf(settings),
  });
  const description = job.metaDescription ?? summaryOf(job, employer.name);
  return {
    title: job.metaTitle ?? `${job.title} – ${employer.name}`,
    description,
    canonicalPath: `/jobs/${job.slug}`,
    meta: { 'og:type': 'website', 'og:title': job.title, 'og:description': description },
    jsonLd: [jobPosting({ ...job, publishedAt: job.publishedAt }, employer)],
    body: html`<article class="job">
${applied ? thanks(settings) : null}
${header(job, employer.name, takesApplications)}
${jobFacts(job)}
${descriptionSections(job).map(({ title, body }) => html`<section class="text"><h2>${title}</h2><div dir="auto">${body}</div></section>`)}
${applied ? null : takesApplications ? form : takesNone()}
${contact(settings)}
</article>`,
  };
}
