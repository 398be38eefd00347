import { readFile } from 'node:fs/promises';
import type { JsonObject } from '@bazaar/sdk';
import { type ApiClient, type Platform, type PluginClient, startPlatform } from '@bazaar/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../src/contract.generated.ts';
import { complaintsAbout } from './support/google-job-posting.ts';

const folder = `${import.meta.dirname}/..`;

let platform: Platform;
let agency: PluginClient<Contract>;
let visitor: ApiClient;

beforeAll(async () => {
  platform = await startPlatform({ plugins: [folder], env: { BAZAAR_RATE_LIMIT: '0' } });
  agency = (await platform.as('recruiter')).plugin('job-board');
  visitor = platform.visitor();
});
afterAll(() => platform?.stop());

const DESCRIPTION = 'Care for patients on a ward.\n\nYou will:\n- watch <b>monitors</b> & alarms\n- write reports';

async function openJob(title: string, more: object = {}): Promise<{ id: string; slug: string }> {
  const { id, slug } = await agency.call('jobs.create', { title, description: DESCRIPTION, city: 'Chicago', ...more });
  await agency.call('jobs.publish', { id });
  return { id, slug };
}

async function page(path: string): Promise<{ status: number; body: string; headers: Headers }> {
  const response = await visitor.fetch('GET', path);
  return { status: response.status, body: await response.text(), headers: response.headers };
}

function jsonLdOf(body: string): JsonObject[] {
  return [...body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
    ([, json]) => JSON.parse(json ?? '') as JsonObject,
  );
}

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

describe('the page of a job', () => {
  it('shows the job and tells search engines what Google asks for', async () => {
    const { slug } = await openJob('Night Nurse', {
      salaryMin: 3800,
      salaryMax: 4550,
      salaryUnit: 'HOUR',
      requiredSkills: ['Triage'],
      clientName: 'SECRET CLIENT',
      salesRep: 'SECRET PERSON',
    });
    const { status, body, headers } = await page(`/t/first/jobs/${slug}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(body).toContain('<h1>Night Nurse</h1>');
    expect(body).toContain('$38 – $45.50 per hour');
    // In whatever script it is written.
    expect(body).toMatch(/<h2>About the job<\/h2><div dir="auto"><p>/);
    expect(body).toContain('<li>watch &lt;b&gt;monitors&lt;/b&gt; &amp; alarms</li>');
    expect(body).toContain(`/t/first/jobs/${slug}"`);
    const postings = jsonLdOf(body);
    expect(postings).toHaveLength(1);
    expect(complaintsAbout(postings[0] ?? {})).toEqual([]);
    expect(postings[0]).toMatchObject({ title: 'Night Nurse', baseSalary: { value: { unitText: 'HOUR' } } });
    expect(body).not.toContain('SECRET');
  });

  it('asks for consent and thanks in words of its own where a tenant has emptied these settings', async () => {
    const { slug } = await openJob('Silent Nurse');
    const owner = await platform.as('owner');
    const set = (values: object) => owner.json('PUT', '/api/plugins/job-board/settings', { body: { values } });
    await set({ acknowledgement: ' ', consentText: '' });
    await expect.poll(async () => (await page(`/t/first/jobs/${slug}?done=1`)).body).toContain('We have received your');
    expect((await page(`/t/first/jobs/${slug}`)).body).toContain('I agree that my details');
    await set({});
  });

  it('never tells bill rates', async () => {
    const { id, slug } = await openJob('Billed Nurse');
    await agency.call('jobs.set-rates', { id, items: [{ code: 'REG', rate: 987_654, currency: 'USD', unit: 'HOUR' }] });
    for (const path of [`/t/first/jobs/${slug}`, '/t/first/jobs']) {
      expect((await page(path)).body).not.toMatch(/987.?654|9,?876/);
    }
  });

  it('survives a title and a description written by somebody hostile', async () => {
    const evil = '</script><script>alert(1)</script>';
    const { slug } = await openJob(`Nurse ${evil}`, { description: `${evil} ${'x'.repeat(50)}`, requirements: [evil] });
    const { body } = await page(`/t/first/jobs/${slug}`);
    expect(body).not.toContain('<script>alert');
    expect(complaintsAbout(jsonLdOf(body)[0] ?? {}).filter((complaint) => !complaint.startsWith('title'))).toEqual([]);
  });

  it.each<[string, (id: string) => Promise<unknown>, number]>([
    ['paused', (id) => agency.call('jobs.pause', { id }), 404],
    ['closed', (id) => agency.call('jobs.close', { id }), 410],
    ['filled', (id) => agency.call('jobs.close', { id, filled: true }), 410],
    ['no longer public', (id) => agency.call('jobs.update', { id, isPublic: false }), 404],
  ])('is not for search engines once the job is %s', async (_case, end, status) => {
    await openJob('Other Nurse', { requiredSkills: ['Triage'] });
    const { id, slug } = await openJob('Ended Nurse', { requiredSkills: ['Triage'] });
    await end(id);
    const ended = await page(`/t/first/jobs/${slug}`);
    expect(ended.status).toBe(status);
    expect(ended.body).toContain('noindex');
    expect(jsonLdOf(ended.body)).toEqual([]);
    if (status === 410) expect(ended.body).toContain('Similar jobs');
  });

  it('shows no form that could not be taken, while the licence allows reading only', async () => {
    const { slug } = await openJob('Patient Nurse');
    const operator = await platform.operator();
    const grant = (expiresAt: string | null) =>
      operator.json('PUT', '/api/platform/licences/first/job-board/grant', { body: { expiresAt, reason: 'Test' } });
    const address = `/t/first/jobs/${slug}`;
    try {
      await grant(new Date(Date.now() - 5 * 86_400_000).toISOString());
      await expect.poll(async () => (await page(address)).body).not.toContain('<form');
      const closed = await page(address);
      expect(closed.status).toBe(200);
      expect(closed.body).toContain('This job takes no applications at the moment');
      expect(closed.body).not.toContain('Apply now');
      expect(jsonLdOf(closed.body)).toHaveLength(1);
      const late = await visitor.fetch('POST', address, { body: form({ name: 'Ada', email: 'ada@example.com' }) });
      expect(late.status).toBe(503);
      expect(await late.text()).toContain('This form is not taken at the moment');
    } finally {
      await grant(null);
    }
    await expect.poll(async () => (await page(address)).body).toContain('Apply now');
  });

  it('does not exist for drafts, strangers’ jobs and junk', async () => {
    const { slug: draft } = await agency.call('jobs.create', { title: 'Draft Nurse' });
    const { slug } = await openJob('Local Nurse');
    for (const path of [
      `/t/first/jobs/${draft}`,
      `/t/second/jobs/${slug}`,
      '/t/first/jobs/%00',
      '/t/first/jobs/..%2f',
      '/t/first/jobs/no-such',
    ]) {
      expect([400, 404], path).toContain((await page(path)).status);
    }
  });
});

describe('applying on the page', () => {
  const good = { name: 'Ada Example', email: 'ada@example.com', consent: 'true' };

  it('takes the form with a CV and thanks', async () => {
    const { id, slug } = await openJob('Applied Nurse');
    const cv = new File([await readFile(`${folder}/demo/documents/maya-lindqvist.pdf`)], 'cv.pdf', {
      type: 'application/pdf',
    });
    const response = await visitor.fetch('POST', `/t/first/jobs/${slug}`, { body: form({ ...good, phone: '', cv }) });
    expect(response.status).toBe(303);
    const thanks = await page(response.headers.get('location') ?? '');
    expect(thanks.body).toContain('Your application has been sent');
    const { items } = await agency.call('applications.list', { jobId: id });
    expect(items).toMatchObject([{ candidateName: 'Ada Example', hasCv: true }]);
  });

  it('gives the form back with what was entered and each message beside its field', async () => {
    const { slug } = await openJob('Wrong Form Nurse');
    const response = await visitor.fetch('POST', `/t/first/jobs/${slug}`, {
      body: form({ name: '"><img src=x>', email: 'nobody', coverLetter: 'Keep me' }),
    });
    const body = await response.text();
    expect(response.status).toBe(400);
    expect(body).toContain('role="alert"');
    expect(body).toContain('id="email-error"');
    expect(body).toContain('id="consent-error"');
    expect(body).toMatch(/aria-invalid="true"/);
    expect(body).toContain('value="&quot;&gt;&lt;img src=x&gt;"');
    expect(body).toContain('>Keep me</textarea>');
  });

  it('says kindly that somebody has applied already', async () => {
    const { slug } = await openJob('Twice Nurse');
    await visitor.fetch('POST', `/t/first/jobs/${slug}`, { body: form(good) });
    const again = await visitor.fetch('POST', `/t/first/jobs/${slug}`, { body: form(good) });
    expect(again.status).toBe(409);
    expect(await again.text()).toContain('already');
  });

  it('passes a referral code on', async () => {
    const { id, slug } = await openJob('Referred Nurse');
    expect((await page(`/t/first/jobs/${slug}?ref=FRIEND-1`)).body).toContain('value="FRIEND-1"');
    await visitor.fetch('POST', `/t/first/jobs/${slug}`, { body: form({ ...good, referralCode: 'FRIEND-1' }) });
    const { items } = await agency.call('applications.list', { jobId: id });
    expect(items[0]?.source).toBe('referral');
  });
});

describe('the list of jobs', () => {
  it('finds by words, place and kind, and leads from page to page', async () => {
    for (let index = 0; index < 23; index++) await openJob(`Gardener ${index}`, { city: 'Bonn', country: 'DE' });
    const first = await page('/t/first/jobs?q=gard&location=bonn&type=FULL_TIME');
    expect(first.status).toBe(200);
    expect(first.body).toContain('noindex');
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&');
    expect(next).toBeDefined();
    const second = await page(`/t/first/jobs${next}`);
    const titles = [first, second].flatMap(({ body }) =>
      [...body.matchAll(/>(Gardener \d+)<\/a>/g)].map(([, title]) => title),
    );
    expect(new Set(titles).size).toBe(23);
    expect(titles).toHaveLength(23);
  });

  it('is indexed as a whole, and shows only what is open and public', async () => {
    const { slug: draft } = await agency.call('jobs.create', { title: 'Hidden Draft' });
    const { body, status } = await page('/t/first/jobs');
    expect(status).toBe(200);
    expect(body).not.toContain('noindex');
    expect(body).not.toContain(draft);
  });

  it.each([
    '?type=BANANA',
    '?q=%27%3B%20drop%20table',
    '?cursor=junk',
    '?utm_source=x&q=',
    '?q=a&q=b',
    `?q=${'x'.repeat(5000)}`,
  ])('does not fail on %s', async (query) => {
    const { status } = await page(`/t/first/jobs${query}`);
    expect(status).toBeLessThan(500);
  });
});
