import { html, type Keyset, type PageModel, pageOf, readCursor, type SafeHtml } from '@bazaar/sdk';
import type { Ctx, Input, QueryRow } from '../context.ts';
import { dayAfter } from '../jobs/lifecycle.ts';
import { formatPay } from '../jobs/money.ts';
import { EMPLOYMENT_TYPES, SALARY_UNITS, WORK_MODES } from '../labels.ts';
import { containsPattern, searchWords } from '../search.ts';
import { day } from './job-facts.ts';
import { joined } from './joined.ts';

const LIMIT = 20;
const NEWEST: Keyset<'time'> = { name: 'jobs.public', key: 'time', order: 'descending' };

type Filter = Pick<Input<'pages.jobs'>, 'q' | 'location' | 'type' | 'mode'>;
type Line = QueryRow<'publicJobs'>;

/** What somebody else wrote into the address counts only when it is one of our values. */
function known(value: string | undefined, values: Record<string, string>): string | null {
  return value !== undefined && Object.hasOwn(values, value) ? value : null;
}

function options(values: Record<string, string>, chosen: string | undefined): SafeHtml {
  return html`${Object.entries(values).map(
    ([value, label]) => html`<option value="${value}"${value === chosen ? html` selected` : null}>${label}</option>`,
  )}`;
}

function searchForm(filter: Filter): SafeHtml {
  return html`<form class="search" method="get" role="search" aria-label="Jobs">
<div class="field"><label for="q">What</label><input type="search" id="q" name="q" maxlength="200" placeholder="Title or skill" value="${filter.q}"></div>
<div class="field"><label for="location">Where</label><input type="search" id="location" name="location" maxlength="200" placeholder="City or country" value="${filter.location}"></div>
<div class="field"><label for="type">Employment</label><select id="type" name="type"><option value="">Any</option>${options(EMPLOYMENT_TYPES, filter.type)}</select></div>
<div class="field"><label for="mode">Workplace</label><select id="mode" name="mode"><option value="">Any</option>${options(WORK_MODES, filter.mode)}</select></div>
<button type="submit">Search</button>
</form>`;
}

function jobItem(job: Line): SafeHtml {
  const facts = [
    job.location,
    EMPLOYMENT_TYPES[job.employmentType],
    WORK_MODES[job.workMode],
    formatPay(job, SALARY_UNITS),
  ];
  const tag = job.isHot ? 'Urgent' : job.isFeatured ? 'Featured' : null;
  return html`<li>
<h2><a href="jobs/${job.slug}">${job.title}</a>${tag === null ? null : html` <span class="tag">${tag}</span>`}</h2>
<p class="meta">${joined(facts)}</p>
${job.summary === null ? null : html`<p><bdi>${job.summary}</bdi></p>`}
<p class="meta">Posted ${job.publishedAt === null ? null : day(job.publishedAt)}</p>
</li>`;
}

/** The address of the next page: the same search, from the cursor on. */
function nextAddress(filter: Filter, cursor: string): string {
  const parameters = Object.entries({ ...filter, cursor }).filter(([, value]) => value !== undefined && value !== '');
  return `?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`;
}

/** The public list of open jobs with a search that works without a script. */
export async function jobsPage(ctx: Ctx, input: Input<'pages.jobs'>): Promise<PageModel> {
  const { q, location, type, mode } = input;
  const filter: Filter = {
    ...(q && { q }),
    ...(location && { location }),
    ...(type && { type }),
    ...(mode && { mode }),
  };
  const after = readCursor(NEWEST, input.cursor);
  const [rows, settings] = await Promise.all([
    ctx.queries.publicJobs({
      today: dayAfter(0, new Date()),
      afterPublishedAt: after.key,
      afterId: after.id,
      employmentType: known(type, EMPLOYMENT_TYPES),
      workMode: known(mode, WORK_MODES),
      location: containsPattern(location),
      words: searchWords(q),
      limit: LIMIT + 1,
    }),
    ctx.settings.get(),
  ]);
  const { items, nextCursor } = pageOf(NEWEST, rows, LIMIT, (row) => [row.publishedAt ?? after.key, row.id]);
  const employer = settings.organisationName?.trim() || ctx.tenant.name;
  const filtered = Object.keys(filter).length > 0 || input.cursor !== undefined;
  return {
    title: `Jobs at ${employer}`,
    description: `Open jobs at ${employer}: search by title, skill and place, and apply online.`,
    canonicalPath: '/jobs',
    // Search results are not worth a search engine's time; the jobs themselves are.
    robots: filtered ? 'noindex' : 'index',
    body: html`<section class="jobs">
<h1>Jobs at ${employer}</h1>
${searchForm(filter)}
${
  items.length === 0
    ? html`<div class="notice" role="status"><p>${filtered ? 'No open job fits this search.' : 'There are no open jobs at the moment.'}</p>${filtered ? html`<p><a href="jobs">See all open jobs</a></p>` : null}</div>`
    : html`<ul class="job-list">${items.map(jobItem)}</ul>`
}
${nextCursor === undefined ? null : html`<nav class="pages" aria-label="Pages"><a class="button" rel="next" href="${nextAddress(filter, nextCursor)}">More jobs</a></nav>`}
</section>`,
  };
}
