import { html, type PageModel } from '@bazaar/sdk';
import type { Ctx } from '../context.ts';
import { EMPLOYMENT_TYPES } from '../labels.ts';
import { joined } from './joined.ts';
import type { PublicJob } from './public-job.ts';

/** An address that leads nowhere: unknown, never published, or not for the public. Tells nothing of which. */
export function missingJobPage(): PageModel {
  return {
    status: 404,
    title: 'Job not found',
    robots: 'noindex',
    body: html`<article class="job">
<h1>We cannot find this job</h1>
<p>The address may be mistyped, or the job is not public.</p>
<p><a class="button" href="../jobs">See all open jobs</a></p>
</article>`,
  };
}

const ENDED = 'This job no longer takes applications.';
const PAUSED = 'This job takes no applications at the moment.';

/** A job that was public once: gone for search engines (a pause may end, so it is only not found), help for people. */
export async function endedJobPage(ctx: Ctx, job: PublicJob, today: string): Promise<PageModel> {
  const paused = job.status === 'paused';
  const similar = await ctx.queries.similarJobs({
    id: job.id,
    today,
    specialty: job.specialty,
    profession: job.profession,
    functionalArea: job.functionalArea,
    city: job.city,
    skills: job.requiredSkills,
  });
  return {
    status: paused ? 404 : 410,
    title: `${job.title} – ${paused ? 'paused' : 'closed'}`,
    robots: 'noindex',
    body: html`<article class="job">
<p class="breadcrumb"><a href="../jobs">All jobs</a></p>
<h1>${job.title}</h1>
<div class="notice" role="status"><p>${paused ? PAUSED : ENDED}</p></div>
${
  similar.length === 0
    ? html`<p><a class="button" href="../jobs">See all open jobs</a></p>`
    : html`<section><h2>Similar jobs</h2><ul class="job-list">${similar.map(
        (other) =>
          html`<li><h3><a href="${other.slug}">${other.title}</a></h3><p class="meta">${joined([other.location, EMPLOYMENT_TYPES[other.employmentType]])}</p></li>`,
      )}</ul></section>`
}
</article>`,
  };
}
